internal import Foundation
internal import Registry

extension ConsentProof {
    /// The proof as a page that needs nothing else and prints well, line by line.
    var html: [String] {
        let words = ConsentProofWords(in: MailLanguage(of: nil, in: shop))
        let title = Self.escaped("\(words.title) \(shop.title)")
        var lines = [
            "<!DOCTYPE html>", "<html lang=\"\(words.language.rawValue)\">", "<head>", "<meta charset=\"utf-8\">",
            "<title>\(title)</title>", "<style>\(Self.style)</style>", "</head>", "<body>", "<h1>\(title)</h1>",
            "<dl>",
        ]
        for (term, value) in [
            (words.number, "\(customer.number)"), (words.name, customer.fields.fullName ?? "–"),
            (words.email, customer.fields.email?.spelling ?? "–"), (words.phone, customer.fields.phone ?? "–"),
            (words.made, local(madeAt)), (words.zone, shop.timeZone.identifier),
        ] {
            lines.append("<dt>\(Self.escaped(term))</dt><dd>\(Self.escaped(value))</dd>")
        }
        lines += ["</dl>", "<h2>\(Self.escaped(words.standing))</h2>"]
        lines += Self.table(
            [words.purpose, words.status, words.since],
            states.map {
                [words.name(of: $0.purpose.rawValue), words.name(of: $0.status.rawValue), local($0.changedAt)]
            })
        lines.append("<h2>\(Self.escaped(words.evidence))</h2>")
        lines += Self.table(
            [
                words.time, words.purpose, words.statement, words.wording, words.channel, words.actor, words.origin,
                words.order, words.address, words.note,
            ],
            evidence.map { piece in
                [
                    local(piece.saidAt ?? piece.at), words.name(of: piece.purpose), words.name(of: piece.status),
                    piece.wording ?? "–", piece.channel ?? "–", piece.actor, piece.origin.map(words.name) ?? "–",
                    piece.order.map { "\($0.rawValue)" } ?? "–", piece.sourceIP ?? "–", piece.note ?? "–",
                ]
            })
        for wording in wordings {
            lines.append(
                "<h3>\(Self.escaped("\(words.wording) \(wording.version), \(words.name(of: wording.purpose.rawValue))"))</h3>"
            )
            lines.append("<blockquote>\(Self.escaped(wording.text))</blockquote>")
        }
        return lines + ["</body>", "</html>"]
    }

    private static let style =
        "@page{size:A4 landscape;margin:15mm}body{font:10pt/1.4 sans-serif;margin:2em;color:#000}"
        + "table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:3px 6px;text-align:left;"
        + "vertical-align:top;overflow-wrap:anywhere}tr{break-inside:avoid}dl{display:grid;"
        + "grid-template-columns:max-content 1fr;gap:2px 1em}dd{margin:0}blockquote{white-space:pre-wrap;"
        + "border-left:3px solid #999;margin:0;padding-left:1em}"

    private static func table(_ head: [String], _ rows: [[String]]) -> [String] {
        let cells = { (tag: String, texts: [String]) in
            "<tr>" + texts.map { "<\(tag)>\(escaped($0))</\(tag)>" }.joined() + "</tr>"
        }
        return ["<table>", cells("th", head)] + rows.map { cells("td", $0) } + ["</table>"]
    }

    /// Text that can stand anywhere in a page (https://html.spec.whatwg.org/multipage/syntax.html#syntax-text).
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
