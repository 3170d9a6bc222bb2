"""What is said beside the plan when a town leaves, or a person goes on under another account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from network.settings.mentions import Mention
from network.text import Language, Text
from plugin.findings import Farewell, LeftFolder, Merging

UPDATE, SHARE = 2, 16
MOST = 20


def farewell_text(found: Farewell, language: Language) -> str:
    """Below the plan: what stays, what the town gets, what somebody has to do."""
    return "\n".join(each.language(language) for each in _farewell(found))


def town_list(found: Farewell, network: str, language: Language) -> str:
    """The page for the town: every project and every document that it took part in."""
    return "\n".join(each.language(language) for each in _page(found, network)) + "\n"


def merging_text(found: Merging, language: Language) -> str:
    return "\n".join(each.language(language) for each in _merging(found))


def farewell_document(found: Farewell) -> Mapping[str, object]:
    return {
        "administration": found.key,
        "name": found.name,
        "people": found.people,
        "folders": [
            {"name": each.name, "may_edit": bool(each.bits & UPDATE), "documents": list(each.documents)}
            for each in found.folders
        ],
        "without_lead": list(found.leaderless),
        "mentions": _mentions(found.mentions),
    }


def merging_document(found: Merging) -> Mapping[str, object]:
    return {"old": found.old, "new": found.new, "mentions": _mentions(found.mentions)}


def _farewell(found: Farewell) -> Iterator[Text]:
    documents = sum(len(each.documents) for each in found.folders)
    yield Text(f"{found.name} verlässt das Netzwerk:", f"{found.name} leaves the network:")
    yield Text(
        f"  {found.people} Personen verlieren ihren Zugang zu Kalendern, Teams, Ordnern und Unterhaltungen.",
        f"  {found.people} people lose their access to calendars, teams, folders and chat rooms.",
    )
    yield Text(
        "  Das Team wird aufgelöst: Mitglieder sofort, das leere Team nach 30 Tagen.",
        "  The team is dissolved: members at once, the empty team after 30 days.",
    )
    if found.is_external:
        yield Text(
            "  Gruppe und Konten gehören Ihrem Verzeichnisdienst und bleiben.",
            "  Group and accounts belong to your directory service and stay.",
        )
    else:
        yield Text(
            "  Aus der Gruppe gehen die Personen, die wir aufgenommen haben; Gruppe und Konten bleiben.",
            "  The people whom we added leave the group; group and accounts stay.",
        )
    yield Text(
        f"  Alle Daten bleiben: {len(found.folders)} Ordner mit {documents} Dokumenten, an denen {found.name} "
        "teilhatte. Die Liste für die Stadt schreibt: -o DATEI",
        f"  All data stays: {len(found.folders)} folders with {documents} documents that {found.name} took part in. "
        "The list for the town is written by: -o FILE",
    )
    yield Text(
        "  Was die Stadt mitnehmen soll, jetzt herunterladen: in Nextcloud Ordner öffnen, „Herunterladen“.",
        "  What the town shall take along, download it now: open the folder in Nextcloud, “Download”.",
    )
    for name in found.leaderless:
        yield Text(
            f"  Ohne Leitung bleibt: {name}. Bitte unter lead jemanden eintragen.",
            f"  Left without a lead: {name}. Please name somebody under lead.",
        )
    yield from _lines(
        found.mentions,
        Text("  Danach aus der Konfiguration nehmen:", "  Then take out of the configuration:"),
    )


def _page(found: Farewell, network: str) -> Iterator[Text]:
    yield Text(
        f"{found.name}: Projekte und Dokumente in {network}", f"{found.name}: projects and documents in {network}"
    )
    yield Text("", "")
    for folder in found.folders:
        yield from _folder(folder)
    if not found.folders:
        yield Text("An keinem Ordner beteiligt.", "Took part in no folder.")


def _folder(folder: LeftFolder) -> Iterator[Text]:
    could = Text("lesen und ändern", "read and change") if folder.bits & UPDATE else Text("lesen", "read")
    yield Text(f"{folder.name} ({could.de})", f"{folder.name} ({could.en})")
    if not folder.is_known:
        yield Text("  (Inhalt nicht lesbar)", "  (content not readable)")
    for document in folder.documents:
        yield Text(f"  {document}", f"  {document}")


def _merging(found: Merging) -> Iterator[Text]:
    yield Text(
        f"„{found.old}“ und „{found.new}“ sind dieselbe Person: was „{found.old}“ von uns hatte, hat „{found.new}“.",
        f"“{found.old}” and “{found.new}” are the same person: what “{found.old}” had of ours is “{found.new}”'s.",
    )
    if not found.is_old_there:
        yield Text(
            f"  „{found.old}“ gibt es auf dem Server nicht mehr; was ihm von Hand gegeben war, ging mit dem Konto.",
            f"  “{found.old}” is on the server no longer; what was given to it by hand went with the account.",
        )
    yield Text(
        "  Eigene Dateien, Kalender und Nachrichten der Person bleiben beim alten Konto; die Dateien überträgt das "
        f"Rechenzentrum: occ files:transfer-ownership {found.old} {found.new}",
        "  The person's own files, calendars and messages stay with the old account; the data centre moves the files: "
        f"occ files:transfer-ownership {found.old} {found.new}",
    )
    yield Text(
        f"  In die Gruppe der Verwaltung kommt „{found.new}“ durch den Verzeichnisdienst; was für die ganze Verwaltung "
        "freigegeben ist, sieht die Person erst dann.",
        f"  The directory service puts “{found.new}” into the administration's group; only then the person sees "
        "what is shared with the whole administration.",
    )
    yield from _lines(
        found.mentions,
        Text(
            f"  Danach in der Konfiguration „{found.new}“ eintragen:",
            f"  Then write “{found.new}” in the configuration:",
        ),
    )


def _lines(found: tuple[Mention, ...], title: Text) -> Iterator[Text]:
    if found:
        yield title
    for each in found[:MOST]:
        yield Text(f"    {each.where}  {each.path}", f"    {each.where}  {each.path}")
    if len(found) > MOST:
        rest = len(found) - MOST
        yield Text(f"    … und {rest} weitere", f"    … and {rest} more")


def _mentions(found: tuple[Mention, ...]) -> list[dict[str, str]]:
    return [{"where": each.where, "path": each.path} for each in found]
