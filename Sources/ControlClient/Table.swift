import StrictJSON

/// Rows as columns.
struct Table {
    /// Narrower than this, in characters, no column is made.
    private static let leastWidth = 4

    /// The names of all members, in the order in which they were first seen.
    private(set) var columns: [String] = []
    /// One text for each column; empty where a row has no such member.
    private(set) var rows: [[String]] = []

    /// Lays out rows; one that is no object fills the column `value`.
    init(_ rows: [JSON]) {
        var places: [String: Int] = [:]
        for row in rows {
            var cells = [String](repeating: "", count: columns.count)
            for member in row.objectValue ?? [JSON.Member(name: "value", value: row)] {
                if let place = places[member.name] {
                    cells[place] = member.value.cell
                } else {
                    places[member.name] = columns.count
                    columns.append(member.name)
                    cells.append(member.value.cell)
                }
            }
            self.rows.append(cells)
        }
        for index in self.rows.indices {
            self.rows[index] += [String](repeating: "", count: columns.count - self.rows[index].count)
        }
    }

    /// A header line and the rows, parted by tabs, every line with its LF.
    var tabSeparated: String {
        ([columns.map(\.visible)] + rows).map { $0.joined(separator: "\t") + "\n" }.joined()
    }

    /// A header line and the rows, the columns one below the other.
    ///
    /// - Parameter width: How many characters a line may have; what is too wide is cut, its end marked `…`.
    /// - Returns: The lines, every one with its LF.
    func aligned(width: Int) -> String {
        let lines = [columns.map(\.visible)] + rows
        let widths = fittingWidths(lines, width: width)
        return lines.map { cells in
            let padded = zip(cells, widths).map { cell, width in
                let text = Self.cut(cell, to: width)
                return text + String(repeating: " ", count: width - text.count)
            }
            var line = padded.joined(separator: "  ")
            while line.hasSuffix(" ") { line.removeLast() }
            return Self.cut(line, to: width) + "\n"
        }.joined()
    }

    /// The width of each column: what its cells need, the widest made narrower until the line fits.
    private func fittingWidths(_ lines: [[String]], width: Int) -> [Int] {
        var widths = columns.indices.map { column in min(lines.map { $0[column].count }.max() ?? 0, width) }
        var excess = widths.reduce(0, +) + 2 * (widths.count - 1) - width
        while excess > 0, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }) {
            guard widths[widest] > Self.leastWidth else { break }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    private static func cut(_ text: String, to width: Int) -> String {
        guard text.count > width else { return text }
        return text.prefix(max(width - 1, 0)) + "…"
    }
}
