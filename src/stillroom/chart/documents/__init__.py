"""Documents from a file: what arrives is looked into, drawn page by page, and kept sealed.

    upload = arriving.begin(presence, record_id, name, size)
    arriving.take(presence, upload, 0, words)
    arriving.look(presence, upload)
    while (state := arriving.draw(presence, upload)).drawn < state.pages: …
    signing.sign(presence, record_id, version)

`sniffing` and `findings` are pure. `workroom` starts the workshop (`chart.workshop`), where what
somebody else made is read; nothing here does that itself. `arriving` writes, `reading` reads.
"""
