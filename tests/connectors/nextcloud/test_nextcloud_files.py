"""Files as the service account writes them: the number that a link leads by."""

from __future__ import annotations

from connectors.nextcloud import NextcloudServer


def test_a_file_has_a_number_that_follows_it_to_another_name(server: NextcloudServer, name: str) -> None:
    files = server.files
    files.make_folder(f"/{name}")
    files.write(f"/{name}/Protokoll ä.md", b"eins", content_type="text/markdown")
    made = files.stat(f"/{name}/Protokoll ä.md")
    assert made is not None and made.id.isdigit()
    files.write(f"/{name}/Protokoll ä.md", b"zwei!", if_match=made.etag)
    files.move(f"/{name}/Protokoll ä.md", f"/{name}/Anders.md")
    assert [each.id for each in files.list(f"/{name}")] == [made.id]
    files.delete(f"/{name}")
