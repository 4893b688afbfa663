/// Whether one name may have been written for another.
enum Spelling {
    /// Longer names are like none.
    private static let most = 60

    /// Whether two names differ in case, hyphens or a few letters only, or one goes on where the other ends.
    static func isNear(_ one: String, _ other: String) -> Bool {
        let (left, right) = (folded(one), folded(other))
        let shorter = min(left.count, right.count)
        guard shorter >= 4, max(left.count, right.count) <= most else { return left == right }
        return left.starts(with: right) || right.starts(with: left)
            || distance(left, right) <= (shorter < 6 ? 1 : 2)
    }

    private static func folded(_ name: String) -> [UInt8] {
        name.lowercased().utf8.filter { !"_- ".utf8.contains($0) }
    }

    /// How many letters have to be put in, taken out or changed.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (line, letter) in left.enumerated() {
            var corner = row[0]
            row[0] = line + 1
            for (column, other) in right.enumerated() {
                let change = corner + (letter == other ? 0 : 1)
                corner = row[column + 1]
                row[column + 1] = min(change, corner + 1, row[column] + 1)
            }
        }
        return row[right.count]
    }
}
