"""The invented trainings of the first half-year, from eight weeks ago on. Data only."""

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
FIRST_HALF = (
    Lesson(
        101, -8, TUE, "OZG Grundlagen: Was Bürgerinnen und Bürger online erwarten",
        "Onlinezugangsgesetz, Verwaltungsportale und Nutzerkonten im Überblick, mit vielen Beispielen aus den Städten.",
        KREISHAUS, "09:00-12:00", 24, "OZG", audience="Sachbearbeitung", contact="Max Beispiel",
        concept="OZG 1",
    ),
    Lesson(
        102, -7, WED, "Ersthelferinnen und Ersthelfer: Grundausbildung",
        "Neun Unterrichtseinheiten nach den Vorgaben der Unfallkasse; Bescheinigung für zwei Jahre.",
        LEITSTELLE, "08:30-16:00", 20, "Arbeitsschutz, Erste Hilfe", deadline=21,
    ),
    Lesson(
        103, -6, MON, "E-Akte: Einführung für alle",
        "Posteingang, Ablage, Wiedervorlage: der Weg eines Schreibens durch die elektronische Akte.",
        EDV_RAUM, "09:00-12:00", 12, "E-Akte", contact="Max Beispiel", concept="E-Akte 1",
    ),
    Lesson(
        104, -5, THU, "Brandschutzhelfer mit Löschübung",
        "Theorie im Lehrsaal, danach Löschen am Übungsgerät im Hof; wetterfeste Kleidung mitbringen.",
        LEITSTELLE, "13:00-16:30", 16, "Arbeitsschutz",
    ),
    Lesson(
        105, -4, TUE, "Phishing erkennen: IT-Sicherheit am Arbeitsplatz",
        "Gefälschte Rechnungen, falsche Anrufe, unsichere Kennwörter: Erkennen üben an echten Mustern.",
        ONLINE, "10:00-11:30", None, "IT-Sicherheit", deadline=3,
    ),
    Lesson(
        106, -3, WED, "Datenschutz in der Kommunalverwaltung: Grundlagen",
        "Rechtsgrundlagen, Auskunft, Löschfristen und was bei einer Panne in den ersten 72 Stunden zu tun ist.",
        BRAKEL, "09:00-13:00", 25, "Datenschutz, Recht",
    ),
    Lesson(
        107, -2, MON, "xRechnung empfangen und prüfen",
        "Vom Eingang der elektronischen Rechnung bis zur Anordnung im Haushaltsverfahren.",
        ONLINE, "09:00-11:00", 30, "E-Rechnung, Finanzen", audience="Kämmerei, Kasse",
        contact="Max Beispiel",
    ),
    Lesson(
        108, -1, TUE, "OZG in der Praxis: Online-Dienste einbinden und nachnutzen",
        "Einer-für-alle-Dienste auswählen, im Serviceportal einbinden und die Eingänge bearbeiten.",
        KREISHAUS, "09:00-12:00", 24, "OZG", audience="Sachbearbeitung", contact="Max Beispiel",
        concept="OZG 2",
    ),
    Lesson(
        109, 0, TUE, "Social Media für Städte: Regeln und Redaktionsplan",
        "Was die Stadt posten darf, wer antwortet und wie ein Redaktionsplan für vier Wochen entsteht.",
        HOEXTER, "09:30-12:30", 15, "Öffentlichkeitsarbeit", audience="Pressestellen",
    ),
    Lesson(
        110, 0, THU, "Server und Fachverfahren: Updates sicher planen",
        "Wartungsfenster, Testsysteme und Rückfallplan für die Fachverfahren der Städte.",
        EDV_RAUM, "09:00-15:00", 12, "IT-Administration", audience="IT-Abteilungen",
        contact="IT-Administration Kreis",
    ),
    Lesson(
        111, 1, MON, "Barrierefreie Dokumente mit Word und PDF",
        "Überschriften, Alternativtexte und Prüfung mit dem kostenlosen Werkzeug PAC.",
        EDV_RAUM, "09:00-12:30", 12, "Barrierefreiheit",
    ),
    Lesson(
        112, 1, WED, "Vergaberecht: Unterschwelle und Direktauftrag",
        "Wertgrenzen, Dokumentation und typische Fehler bei kleinen Beschaffungen.",
        BAD_DRIBURG, "09:00-13:00", 28, "Vergabe, Recht", audience="Beschaffung, Bauamt",
    ),
    Lesson(
        113, 1, FRI, "KI in der Verwaltung: Chancen, Grenzen, Regeln",
        "Was Sprachmodelle können, welche Daten nicht hineingehören und was die KI-Verordnung verlangt.",
        ONLINE, "09:00-12:00", 60, "KI, Digitalisierung", status="ausgebucht",
    ),
    Lesson(
        114, 2, TUE, "Kommunikation am Telefon und am Schalter",
        "Freundlich bleiben, auch wenn es laut wird; Übungen mit einer Trainerin.",
        BEVERUNGEN, "08:30-12:30", 14, "Kommunikation", audience="Bürgerbüro",
    ),
    Lesson(
        115, 2, WED, "Deeskalation und Sicherheit im Bürgerbüro",
        "Gefahren früh erkennen, Alarmwege, Nachsorge nach einem Übergriff.",
        BEVERUNGEN, "08:30-15:30", 14, "Kommunikation, Arbeitsschutz", audience="Bürgerbüro, Soziales",
    ),
    Lesson(
        116, 2, THU, "Leichte Sprache in Bescheiden und Formularen",
        "Ein eigener Bescheid wird mitgebracht und gemeinsam verständlich gemacht.",
        BEVERUNGEN, "09:00-12:00", 16, "Barrierefreiheit, Kommunikation",
    ),
    Lesson(
        117, 3, MON, "Prozesse aufnehmen und zeichnen (BPMN) – Teil A",
        "Interview führen, Ablauf zeichnen, Schwachstellen markieren.",
        STEINHEIM, "09:00-12:00", 15, "Prozesse", audience="Organisation", contact="Max Beispiel",
    ),
    Lesson(
        118, 4, MON, "Prozesse aufnehmen und zeichnen (BPMN) – Teil B",
        "Der Sollprozess entsteht; Voraussetzung ist Teil A.",
        STEINHEIM, "09:00-12:00", 15, "Prozesse", audience="Organisation", contact="Max Beispiel",
    ),
    Lesson(
        119, 4, WED, "E-Akte: Aktenplan und Vertretung",
        "Aktenzeichen bilden, Zugriffsrechte verstehen, Vertretung einrichten.",
        EDV_RAUM, "09:00-12:00", 12, "E-Akte", contact="Max Beispiel", concept="E-Akte 2",
    ),
    Lesson(
        120, 5, TUE, "Führung für neue Führungskräfte",
        "Rolle, Gespräche, Delegation; drei Tage mit Übernachtung auf eigenen Wunsch.",
        BAD_DRIBURG, "09:00-16:30", 12, "Führung", audience="Führungskräfte", days=3, deadline=28,
    ),
    Lesson(
        121, 6, WED, "Grundlagen des Haushaltsrechts (NKF)",
        "Vom Haushaltsplan zum Jahresabschluss, für Beschäftigte ohne Vorkenntnisse.",
        WARBURG, "09:00-16:00", 25, "Finanzen, Recht",
    ),
    Lesson(
        122, 6, THU, "Datensicherung prüfen: Rücksicherung üben",
        "Eine Sicherung ist erst gut, wenn die Rücksicherung gelungen ist: Übung am Testsystem.",
        EDV_RAUM, "09:00-15:00", 10, "IT-Administration, IT-Sicherheit", audience="IT-Abteilungen",
        contact="IT-Administration Kreis",
    ),
    Lesson(
        123, 7, TUE, "DMS-Ablage: Dokumente wiederfinden",
        "Suchen, Verschlagworten, Versionen vergleichen im Dokumentenmanagement.",
        ONLINE, "10:00-11:00", 40, "E-Akte, DMS", contact="Max Beispiel",
    ),
    Lesson(
        124, 8, WED, "Knigge im Kundenkontakt für Auszubildende",
        "Auftreten, E-Mail, Kleidung; für das erste und zweite Ausbildungsjahr.",
        NIEHEIM, "09:00-12:00", 20, "Ausbildung", audience="Auszubildende",
    ),
    Lesson(
        125, 9, TUE, "Rhetorik: frei sprechen im Ausschuss",
        "Kurze Vorträge mit Rückmeldung; Aufnahme auf Wunsch.",
        STEINHEIM, "09:00-16:00", 10, "Kommunikation, Führung", status="ausgebucht",
    ),
    Lesson(
        126, 9, WED, "Protokoll und Niederschrift",
        "Was hinein muss, was nicht und wie es schnell geht.",
        STEINHEIM, "09:00-12:00", 20, "Kommunikation, Gremien", audience="Sitzungsdienst",
    ),
    Lesson(
        127, 9, THU, "Ratsinformationssystem: Neues für den Sitzungsdienst",
        "Vorlagen, digitale Unterschrift und Veröffentlichung im Bürgerportal.",
        STEINHEIM, "09:00-11:30", 20, "Gremien, Digitalisierung", audience="Sitzungsdienst",
    ),
    Lesson(
        128, 10, FRI, "Excel: Tabellen, die andere verstehen",
        "Gute Überschriften, Filter, Auswertung mit Pivot; keine verbundenen Zellen.",
        EDV_RAUM, "08:30-12:30", 12, "Office",
    ),
    Lesson(
        129, 11, MON, "Fördermittel finden und beantragen",
        "Programme von Land, Bund und EU; der Weg von der Idee zum Zuwendungsbescheid.",
        KREISHAUS, "09:30-12:30", 30, "Fördermittel, Smart Region",
    ),
    Lesson(
        130, 12, TUE, "Zusammenarbeit in Nextcloud: Dateien, Talk, Kalender",
        "Ordner teilen, gemeinsam schreiben, Besprechungen planen – im Netz des Digitalnetzwerks.",
        ONLINE, "14:30-16:00", None, "Digitalisierung, Office", deadline=0,
    ),
    Lesson(
        131, 13, WED, "Gefährdungsbeurteilung psychischer Belastung",
        "Verfahren, Beteiligung des Personalrats, Maßnahmen.",
        WILLEBADESSEN, "09:00-15:00", 18, "Arbeitsschutz, Gesundheit",
        audience="Führungskräfte, Personalrat",
    ),
    Lesson(
        132, 14, THU, "Archiv und Aussonderung digitaler Akten",
        "Aufbewahrungsfristen, Bewertung, Übergabe an das Kreisarchiv.",
        MARIENMUENSTER, "09:00-12:00", 20, "E-Akte, Archiv", status="fällt aus",
    ),
    Lesson(
        133, 15, TUE, "IT-Grundschutz: Einstieg in die Basis-Absicherung",
        "Profil für Kommunen, Bausteine, erste Schritte in der eigenen Verwaltung.",
        BORGENTREICH, "09:00-16:00", 15, "IT-Administration, IT-Sicherheit", audience="IT-Abteilungen",
        contact="IT-Administration Kreis",
    ),
    Lesson(
        134, 16, WED, "OZG und Registermodernisierung: der Blick nach vorn",
        "Once-Only, Identitätsnummer und was die Städte vorbereiten sollten.",
        ONLINE, "09:00-10:30", 80, "OZG", contact="Max Beispiel", concept="OZG 3",
    ),
    Lesson(
        135, 17, MON, "Rückenfit am Schreibtisch",
        "Bewegung für zwischendurch; bequeme Kleidung.",
        OPEN, "12:00-12:45", 20, "Gesundheit", contact=OPEN, deadline=0,
    ),
    Lesson(
        136, 17, WED, "Wissen weitergeben beim Ruhestand",
        "Leitfaden für Übergaben; Inhalte werden noch abgestimmt.",
        OPEN, "09:00-12:00", 15, "Personal", audience="Führungskräfte", status="Entwurf",
    ),
)
# fmt: on
