import Foundation
import StrictJSON

/// Turns answers into what is shown.
///
/// It writes nowhere: whoever feeds it takes ``takeShown()`` away.
public struct AnswerPrinter {
    /// Whether any answer so far was a failure.
    public private(set) var hasFailed = false

    private let style: AnswerStyle
    /// In the order in which it is to be seen, never two of one stream in a row.
    private var shown: [ShownText] = []
    /// Rows that wait for the last one, because it may widen their columns.
    private var rows: [JSON] = []
    /// Whether the open answer has had rows.
    private var hasRows = false
    private var isProgressShown = false

    /// Starts with nothing shown.
    public init(style: AnswerStyle) {
        self.style = style
    }

    /// How many bytes ``takeShown()`` would give.
    public var shownCount: Int { shown.reduce(0) { $0 + $1.bytes.count } }

    /// What is to be shown since the last call, in its order.
    public mutating func takeShown() -> [ShownText] {
        defer { shown = [] }
        return shown
    }

    /// Shows one line of an answer.
    ///
    /// A row `{"text":…}` or `{"data":…}` is a piece of a file and shown as it is; a line of `help` ends in an LF.
    ///
    /// - Parameters:
    ///   - line: The line.
    ///   - verb: That of the request; empty when it is not known.
    /// - Throws: ``ClientError/unknownAnswer(_:)`` for `data` that is no base64.
    public mutating func take(_ line: AnswerLine, of verb: String) throws(ClientError) {
        switch line {
        case .row(let row): try take(row: row, of: verb)
        case .progress(let step): show(progress: step)
        case .event(let event):
            hideProgress()
            print(style.isJSON ? event.object.text : "\(event.seq) \(event.topic.visible) \(event.body.text.visible)")
        case .ok(let object): end(with: object)
        case .failed(let failure):
            endRows()
            report(failure)
        case .response(let response):
            hideProgress()
            if response["error"] != nil { hasFailed = true }
            print(response.text)
        case .notification(let notification):
            hideProgress()
            print(notification.text)
        }
    }

    /// Shows a failure as an answer's would be.
    public mutating func report(_ failure: ClientFailure) {
        hasFailed = true
        hideProgress()
        guard !style.isJSON else { return complain(failure.object.text) }
        complain("error: \(failure.message.visible) (\(failure.slug.visible))")
        for line in Self.lines(failure.details) { complain(line) }
    }

    /// Shows the rows of an answer that will never be complete, or of one that is.
    public mutating func endRows() {
        hideProgress()
        if !rows.isEmpty {
            let table = Table(rows)
            let text = style.width.map { table.aligned(width: $0) } ?? table.tabSeparated
            show(text.utf8, on: .output)
        }
        rows = []
        hasRows = false
    }

    private mutating func take(row: JSON, of verb: String) throws(ClientError) {
        hasRows = true
        guard !style.isJSON else {
            hideProgress()
            return print(row.text)
        }
        guard let members = row.objectValue, members.count == 1, let member = members.first,
            let text = member.value.stringValue
        else { return rows.append(row) }
        switch member.name {
        case "text":
            hideProgress()
            show(text.utf8, on: .output)
            if verb == "help", text.utf8.last != ASCII.lineFeed { show("\n".utf8, on: .output) }
        case "data":
            hideProgress()
            guard let data = Data(base64Encoded: text) else { throw .unknownAnswer(row.text) }
            show(data, on: .output)
        default: rows.append(row)
        }
    }

    /// What an answer ends with goes to standard error behind rows, so that a file or table stays what it is.
    private mutating func end(with object: JSON) {
        let isBehindRows = hasRows
        endRows()
        guard !style.isJSON else {
            if !isBehindRows { print(object.text) }
            return
        }
        for line in Self.lines(object.objectValue ?? []) {
            if isBehindRows { complain(line) } else { print(line) }
        }
    }

    private static func lines(_ members: [JSON.Member]) -> [String] {
        members.map { "\($0.name.visible): \($0.value.cell)" }
    }

    private mutating func show(progress step: JSON) {
        guard style.showsProgress else { return }
        let words = (step.objectValue ?? []).map { "\($0.name.visible) \($0.value.cell)" }.joined(separator: ", ")
        hideProgress()
        show(words.utf8, on: .errors)
        isProgressShown = true
    }

    /// Back to the first column, and clear to the end of the line (ECMA-48 CR and EL).
    private mutating func hideProgress() {
        guard isProgressShown else { return }
        show("\r\u{1B}[K".utf8, on: .errors)
        isProgressShown = false
    }

    private mutating func print(_ line: String) {
        show((line + "\n").utf8, on: .output)
    }

    /// Puts one more line, such as an error of the program itself, on standard error.
    public mutating func complain(_ line: String) {
        hideProgress()
        show((line + "\n").utf8, on: .errors)
    }

    private mutating func show(_ bytes: some Sequence<UInt8>, on stream: ShownText.Stream) {
        if let last = shown.indices.last, shown[last].stream == stream {
            shown[last].bytes.append(contentsOf: bytes)
        } else {
            shown.append(ShownText(stream: stream, bytes: Array(bytes)))
        }
    }
}
