internal import Registry

/// The columns that the cards of a file fill, as if they were rows of a table.
public struct CardColumns: Sendable {
    /// In the order in which they came.
    public private(set) var columns: [ImportColumn] = []
    private var indices: [String: Int] = [:]

    /// The most columns; what else cards say is gathered in one more.
    private static let limit = 200
    private static let rest = "(more)"

    public init() {}

    /// Makes columns for what a card says.
    public mutating func take(_ cells: CardCells) {
        for cell in cells.cells where indices[cell.header] == nil {
            let isRest = columns.count >= Self.limit
            guard !isRest || indices[Self.rest] == nil else { continue }
            let header = isRest ? Self.rest : cell.header
            indices[header] = columns.count
            columns.append(
                ImportColumn(index: columns.count, header: header, meaning: isRest ? .unknown : cell.meaning))
        }
    }

    /// A card as a record with these columns; `number` counts cards from 1.
    public func record(_ cells: CardCells, number: Int) -> CSVRecord {
        var texts = [String](repeating: "", count: max(columns.count, 1))
        for cell in cells.cells {
            guard let index = indices[cell.header] ?? indices[Self.rest] else { continue }
            texts[index] += texts[index].isEmpty ? cell.text : "; " + cell.text
        }
        let remarks = cells.remarks.map { ImportRemark(row: number, column: $0.column, reason: $0.reason) }
        return CSVRecord(texts, line: number, remarks: remarks)
    }
}
