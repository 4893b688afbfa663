internal import Registry
internal import StrictJSON

/// What a card says, cell by cell.
public struct CardCells: Sendable {
    private(set) var cells: [CardCell] = []
    /// What cannot be taken over, and why.
    private(set) var remarks: [(column: String?, reason: ImportReason)] = []
    /// How many values there are of each kind.
    private var counts: [String: Int] = [:]

    /// Understands a card; `text` knows the charset of its file.
    public init(_ card: Card, _ format: CardFormat, _ text: CardText) {
        if let problem = card.problem { remarks.append((nil, .malformed(problem.description))) }
        for line in card.strayLines { remarks.append((nil, .strayLine(line))) }
        let preferred = card.properties.enumerated().sorted {
            ($0.element.preference, $0.offset) < ($1.element.preference, $1.offset)
        }
        for (_, property) in preferred {
            if property.isCut, !property.isBinary {
                remarks.append((property.name, .valueTooLong(limit: LineReader.limit)))
            }
            do throws(ImportReason) {
                let value = property.isBinary ? "…" : try text.text(of: property)
                switch format {
                case .vCard: VCardWords.take(property, value, into: &self)
                case .ldif: LDIFWords.take(property, value, into: &self)
                }
            } catch {
                remarks.append((property.name, error))
            }
        }
    }

    /// Adds a cell unless there is nothing in it, or the same already; of several kinds, further ones are numbered.
    mutating func add(_ header: String, _ meaning: ImportColumn.Meaning, _ text: String) {
        let text = text.trimmed
        guard !text.isEmpty, !cells.contains(where: { $0.meaning == meaning && $0.text == text }) else { return }
        let count = counts[header, default: 0] + 1
        counts[header] = count
        guard count > 1 else { return cells.append(CardCell(header: header, meaning: meaning, text: text)) }
        // A field of the shop holds one value: a second needs a field of its own.
        var further = meaning
        if case .field(.custom) = meaning { further = .unknown }
        cells.append(CardCell(header: "\(header) \(count)", meaning: further, text: text))
    }

    mutating func add(_ header: String, _ field: ImportField, _ text: String) { add(header, .field(field), text) }
}
