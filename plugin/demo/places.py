"""Where the invented trainings take place: public houses of the Kreis and its ten towns, and what they offer."""

from __future__ import annotations

ONLINE = "online"
OPEN = "n. n."  # what a coordinator writes while the room is not known

KREISHAUS = "Kreishaus Höxter, Sitzungssaal"
EDV_RAUM = "Kreishaus Höxter, EDV-Schulungsraum"
LEITSTELLE = "Kreisfeuerwehrzentrale Brakel, Lehrsaal 1"
BAD_DRIBURG = "Rathaus Bad Driburg, Ratssaal"
BEVERUNGEN = "Stadthalle Beverungen, Kleiner Saal"
BORGENTREICH = "Rathaus Borgentreich, Sitzungszimmer"
BRAKEL = "Alte Waage Brakel, Obergeschoss"
HOEXTER = "Stadthaus Höxter, Raum 112"
MARIENMUENSTER = "Rathaus Marienmünster, Ratssaal"
NIEHEIM = "Rathaus Nieheim, Sitzungssaal"
STEINHEIM = "Rathaus Steinheim, Großer Sitzungssaal"
WARBURG = "Behördenhaus Warburg, Raum 3"
WILLEBADESSEN = "Rathaus Willebadessen, Ratssaal"

ACCESSIBILITY = {
    ONLINE: "Untertitel",
    KREISHAUS: "Aufzug, Höranlage",
    EDV_RAUM: "Aufzug, höhenverstellbare Tische",
    LEITSTELLE: "ebenerdig",
    BEVERUNGEN: "Aufzug, Höranlage",
    HOEXTER: "Aufzug",
    STEINHEIM: "Rampe am Hintereingang, Höranlage",
    WARBURG: "ebenerdig, Parkplatz für Menschen mit Behinderung",
    WILLEBADESSEN: "Treppenlift; bitte vorher anmelden",
}
