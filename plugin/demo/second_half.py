"""The invented trainings of the second half-year, and those whose date is still open. Data only."""

from __future__ import annotations

from plugin.demo.lesson import FRI, MON, THU, TUE, WED, Lesson
from plugin.demo.places import (
    BAD_DRIBURG,
    BEVERUNGEN,
    BORGENTREICH,
    BRAKEL,
    EDV_RAUM,
    HOEXTER,
    KREISHAUS,
    LEITSTELLE,
    MARIENMUENSTER,
    NIEHEIM,
    ONLINE,
    OPEN,
    STEINHEIM,
    WARBURG,
    WILLEBADESSEN,
)

# fmt: off
# Title, content and the rest on a line each read as a table; the formatter would give every word its own.
SECOND_HALF = (
    Lesson(
        201, 18, TUE, "OZG Grundlagen: Was Bürgerinnen und Bürger online erwarten (Wiederholung)",
        "Onlinezugangsgesetz, Verwaltungsportale und Nutzerkonten im Überblick, mit vielen Beispielen aus den Städten.",
        WARBURG, "09:00-12:00", 24, "OZG", audience="Sachbearbeitung", contact="Max Beispiel",
        concept="OZG 1",
    ),
    Lesson(
        202, 19, TUE, "OZG in der Praxis: Online-Dienste einbinden und nachnutzen (Wiederholung)",
        "Einer-für-alle-Dienste auswählen, im Serviceportal einbinden und die Eingänge bearbeiten.",
        WARBURG, "09:00-12:00", 24, "OZG", audience="Sachbearbeitung", contact="Max Beispiel",
        concept="OZG 2",
    ),
    Lesson(
        203, 20, MON, "Ersthelferinnen und Ersthelfer: Fortbildung",
        "Auffrischung nach zwei Jahren; bitte die letzte Bescheinigung mitbringen.",
        LEITSTELLE, "08:30-16:00", 20, "Arbeitsschutz, Erste Hilfe", deadline=21,
    ),
    Lesson(
        204, 20, THU, "E-Akte: Einführung für alle (Wiederholung)",
        "Posteingang, Ablage, Wiedervorlage: der Weg eines Schreibens durch die elektronische Akte.",
        EDV_RAUM, "13:30-16:30", 12, "E-Akte", contact="Max Beispiel", concept="E-Akte 1",
    ),
    Lesson(
        205, 21, TUE, "Barrierefreie Internetseiten prüfen",
        "Tastatur, Kontrast, Vorlesewerkzeug: die eigene Seite im Selbsttest nach BITV.",
        ONLINE, "09:00-11:00", 30, "Barrierefreiheit, Öffentlichkeitsarbeit", audience="Online-Redaktion",
    ),
    Lesson(
        206, 21, WED, "Fotografieren für die Stadt: Bild und Recht",
        "Gute Bilder mit dem Diensttelefon, Einwilligung und Urheberrecht.",
        NIEHEIM, "13:00-16:00", 12, "Öffentlichkeitsarbeit, Recht", audience="Pressestellen",
    ),
    Lesson(
        207, 22, MON, "Verwaltungsrecht kompakt: Der Verwaltungsakt",
        "Bestimmtheit, Begründung, Bekanntgabe, Rechtsbehelf; für den Quereinstieg.",
        BRAKEL, "08:30-15:30", 30, "Recht", audience="Quereinstieg",
    ),
    Lesson(
        208, 22, TUE, "Verwaltungsrecht kompakt: Das Widerspruchsverfahren",
        "Zulässigkeit, Begründetheit und der gute Bescheid.",
        BRAKEL, "08:30-15:30", 30, "Recht", audience="Quereinstieg",
    ),
    Lesson(
        209, 22, WED, "Verwaltungsrecht kompakt: Gebühren und Kosten",
        "Gebührensatzung, Bemessung und Stundung an Fällen aus der Praxis.",
        BRAKEL, "08:30-15:30", 30, "Recht, Finanzen", audience="Quereinstieg",
    ),
    Lesson(
        210, 23, THU, "Netzwerktechnik: VLAN und Firewall-Regeln dokumentieren",
        "Ein gemeinsames Muster für Netzpläne, damit die Vertretung zwischen den Städten gelingt.",
        EDV_RAUM, "09:00-15:00", 10, "IT-Administration", audience="IT-Abteilungen",
        contact="IT-Administration Kreis",
    ),
    Lesson(
        211, 23, FRI, "Zeitmanagement und gesundes Arbeiten",
        "Unterbrechungen verringern, Postfach ordnen, Pausen planen.",
        MARIENMUENSTER, "09:00-12:00", 18, "Gesundheit",
    ),
    Lesson(
        212, 24, TUE, "Geodaten und Karten für Planung und Tourismus",
        "Das Geoportal des Kreises nutzen, eigene Karten veröffentlichen.",
        KREISHAUS, "09:00-12:00", 16, "Digitalisierung, Smart Region", audience="Bauamt, Tourismus",
    ),
    Lesson(
        213, 24, WED, "Bürgerbeteiligung online: Umfrage, Karte, Dialog",
        "Verfahren auswählen, barrierefrei ankündigen, Ergebnisse zurückgeben.",
        HOEXTER, "13:00-16:00", 20, "Beteiligung, Smart Region",
    ),
    Lesson(
        214, 25, TUE, "Mitarbeitergespräche führen",
        "Vorbereitung, Gesprächsführung, Zielvereinbarung.",
        BAD_DRIBURG, "09:00-16:00", 12, "Führung", audience="Führungskräfte", status="ausgebucht",
    ),
    Lesson(
        215, 26, TUE, "IT-Notfall: Wenn morgen nichts mehr geht",
        "Planspiel zum Ausfall der Rechner: Wer entscheidet, wer informiert, was geht auf Papier?",
        KREISHAUS, "09:00-15:30", 24, "IT-Sicherheit, Krisenstab",
        audience="Verwaltungsleitung, IT-Abteilungen", days=2, deadline=28,
    ),
    Lesson(
        216, 27, MON, "E-Rechnung stellen: Ausgangsrechnungen der Stadt",
        "Leitweg-ID, Pflichtangaben und Versand aus dem Fachverfahren.",
        ONLINE, "09:00-10:30", 40, "E-Rechnung, Finanzen", audience="Kämmerei, Kasse",
        contact="Max Beispiel",
    ),
    Lesson(
        217, 27, THU, "Verzeichnisdienst und Konten: Eintritt, Wechsel, Austritt",
        "Ein gemeinsamer Ablauf für Konten, Gruppen und Rechte.",
        EDV_RAUM, "09:00-12:00", 10, "IT-Administration", audience="IT-Abteilungen",
        contact="IT-Administration Kreis",
    ),
    Lesson(
        218, 28, WED, "Interkulturelle Kompetenz im Ausländeramt und Bürgerbüro",
        "Missverständnisse erkennen, Dolmetschdienste nutzen.",
        WARBURG, "09:00-15:30", 18, "Kommunikation", audience="Ausländeramt, Bürgerbüro",
    ),
    Lesson(
        219, 29, TUE, "Smart Region: Sensoren, Daten, Nutzen",
        "Füllstand, Parkplatz, Bodenfeuchte: was sich in kleinen Städten lohnt.",
        STEINHEIM, "09:30-12:30", 30, "Smart Region, Digitalisierung",
    ),
    Lesson(
        220, 30, MON, "Prüfungsvorbereitung für Verwaltungsfachangestellte",
        "Fünf Vormittage vor der Abschlussprüfung: Fälle lösen, Zeit einteilen.",
        KREISHAUS, "08:00-12:00", 20, "Ausbildung", audience="Auszubildende", days=5,
    ),
    Lesson(
        221, 31, TUE, "Digitale Signatur und Siegel",
        "Wann welches Vertrauensniveau nötig ist und wie die Fernsignatur funktioniert.",
        BORGENTREICH, "09:00-11:30", 25, "Digitalisierung, Recht",
    ),
    Lesson(
        222, 31, WED, "E-Payment: Bezahlen im Serviceportal",
        "Anbindung an die Kasse, Gebühren, Abgleich der Zahlungen.",
        BORGENTREICH, "09:00-11:30", 25, "OZG, Finanzen", audience="Kasse, Serviceportal",
        contact="Max Beispiel",
    ),
    Lesson(
        223, 31, THU, "Scannen und ersetzen: die digitale Poststelle",
        "Ersetzendes Scannen nach TR-RESISCAN, Verfahrensanweisung, Stichproben.",
        BORGENTREICH, "09:00-12:00", 25, "E-Akte, DMS", audience="Poststelle", contact="Max Beispiel",
    ),
    Lesson(
        224, 33, TUE, "E-Akte: Auswertung und Fristen für Fachadministration",
        "Berichte, Wiedervorlagen und Rechte im Griff.",
        EDV_RAUM, "09:00-15:00", 10, "E-Akte", audience="Fachadministration", contact="Max Beispiel",
        concept="E-Akte 3",
    ),
    Lesson(
        225, 34, MON, "Datenschutz: Verzeichnis und Auftragsverarbeitung",
        "Das Verzeichnis der Verarbeitungstätigkeiten aktuell halten; Verträge prüfen.",
        ONLINE, "09:00-12:00", 40, "Datenschutz", audience="Datenschutzbeauftragte",
    ),
    Lesson(
        226, 34, WED, "Mobile Geräte verwalten (MDM)",
        "Diensttelefone ausgeben, sperren und zurücknehmen.",
        EDV_RAUM, "09:00-12:00", 10, "IT-Administration", audience="IT-Abteilungen",
        contact="IT-Administration Kreis",
    ),
    Lesson(
        227, 35, TUE, "Pressemitteilungen, die gedruckt werden",
        "Aufbau, Überschrift, Zitat; mit Übungen an aktuellen Themen.",
        HOEXTER, "09:00-12:00", 14, "Öffentlichkeitsarbeit", audience="Pressestellen",
    ),
    Lesson(
        228, 36, WED, "Betriebliches Eingliederungsmanagement",
        "Einladung, Gespräch, Maßnahmen und Datenschutz im Verfahren.",
        WILLEBADESSEN, "09:00-15:00", 16, "Personal, Gesundheit", audience="Personalstellen, Personalrat",
    ),
    Lesson(
        229, 37, TUE, "Klimaanpassung in kleinen Städten",
        "Hitze, Starkregen, Förderung; mit Rundgang.",
        BEVERUNGEN, "09:00-15:00", 25, "Smart Region, Umwelt", audience="Bauamt",
    ),
    Lesson(
        230, 38, WED, "Tag der Digitalisierung im Kreis Höxter",
        "Stände, Kurzvorträge und Austausch aller Verwaltungen; offen für alle Beschäftigten.",
        BEVERUNGEN, "", 200, "Digitalisierung, Smart Region", deadline=21,
    ),
    Lesson(
        231, 39, THU, "Virtualisierung und Speicher: Erfahrungsaustausch",
        "Aktuelle Umgebungen der Städte, Kosten, gemeinsame Beschaffung.",
        EDV_RAUM, "09:00-12:00", 12, "IT-Administration", audience="IT-Abteilungen",
        contact="IT-Administration Kreis",
    ),
    Lesson(
        232, 40, TUE, "KI praktisch: Texte entwerfen und prüfen",
        "Eigene Schreiben verbessern, Ergebnisse prüfen, Kennzeichnung.",
        ONLINE, "13:00-15:00", 40, "KI, Kommunikation",
    ),
    Lesson(
        233, 41, WED, "Stressfrei durch die Wahl: Wahlhelferschulung für Leitungen",
        "Abläufe am Wahltag, Niederschrift, häufige Fragen.",
        MARIENMUENSTER, "17:00-19:00", 50, "Wahlen", audience="Wahlvorstände", status="Entwurf",
    ),
    Lesson(
        234, 42, MON, "Onboarding: Willkommen in der Verwaltung",
        "Erster Tag, Ansprechpersonen, Rechte und Pflichten; für neu Eingestellte aller Verwaltungen.",
        KREISHAUS, "09:00-13:00", 40, "Personal", audience="neu Eingestellte",
    ),
    Lesson(
        235, None, MON, "Gebärdensprache: Schnupperkurs",
        "Der Termin richtet sich nach der Nachfrage; bitte Interesse melden.",
        OPEN, "", 12, "Barrierefreiheit, Kommunikation", contact=OPEN,
    ),
    Lesson(
        236, None, MON, "Fahrsicherheitstraining für Außendienste",
        "Der Übungsplatz wird noch gesucht; Termin folgt.",
        OPEN, "", 16, "Arbeitsschutz", audience="Bauhof, Außendienst", status="Entwurf",
    ),
)
# fmt: on
