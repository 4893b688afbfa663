/// How a sheet looks on paper and on a screen; nothing is fetched from anywhere.
enum SheetStyle {
    static let css = """
        @page { size: A4; margin: 16mm 14mm 18mm;
          @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; } }
        * { box-sizing: border-box; }
        body { font: 10pt/1.35 "Liberation Sans", Arial, Helvetica, sans-serif; color: #111; margin: 0 auto;
          max-width: 182mm; }
        header { display: flex; justify-content: space-between; align-items: baseline; border-bottom: 1.5pt solid #111;
          margin-bottom: 4mm; }
        h1 { font-size: 16pt; margin: 0 0 1mm; unicode-bidi: isolate; overflow-wrap: anywhere; }
        h2 { font-size: 11.5pt; margin: 6mm 0 1.5mm; border-bottom: .5pt solid #999; break-after: avoid; }
        header p { margin: 0; white-space: pre-line; font-size: 8.5pt; color: #444; text-align: right; }
        .warning { border: 1.5pt solid #111; font-weight: bold; padding: 2mm 3mm; }
        dl { display: grid; grid-template-columns: 42mm 1fr; gap: .6mm 3mm; margin: 0; }
        dt { color: #444; } dd { margin: 0; unicode-bidi: isolate; overflow-wrap: anywhere; white-space: pre-line; }
        table { width: 100%; border-collapse: collapse; }
        thead { display: table-header-group; }
        th { text-align: left; font-size: 8.5pt; color: #444; border-bottom: .5pt solid #111; }
        th, td { padding: .8mm 1.5mm; vertical-align: top; unicode-bidi: isolate; overflow-wrap: anywhere; }
        td { white-space: pre-line; }
        .n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        tbody { break-inside: avoid; }
        tbody.order tr:first-child td { border-top: .5pt solid #999; padding-top: 1.5mm; }
        .line td { font-size: 9pt; padding-top: 0; } .line td:first-child { padding-left: 5mm; }
        .more td { font-size: 8.5pt; color: #444; padding: 0 1.5mm .8mm 5mm; }
        .sum td { font-weight: bold; border-top: 1pt solid #111; }
        .cards { display: grid; grid-template-columns: repeat(3, 1fr); gap: 3mm; }
        address { font-style: normal; white-space: pre-line; border: .5pt solid #999; padding: 2mm; break-inside: avoid;
          unicode-bidi: isolate; overflow-wrap: anywhere; }
        address b { display: block; }
        """
}
