import Storage
import TestSupport

/// Tables made up at random, and statements that change them.
struct RandomSchema {
    struct Table {
        let name: String
        /// Names and types; the last `keyCount` are the primary key, in reverse order.
        let columns: [(name: String, type: String)]
        let keyCount: Int
        /// The table that the first column leads to.
        let parent: String?
        let sql: String
    }

    private(set) var tables: [Table] = []
    private(set) var others: [String] = ["CREATE TABLE tally (name TEXT PRIMARY KEY NOT NULL, count INTEGER) STRICT"]

    init(_ random: inout SeededGenerator) {
        for number in 0..<4 { add(number, &random) }
        for table in tables where random.below(2) == 0 {
            others.append(
                """
                CREATE TRIGGER \(table.name)_gone AFTER DELETE ON \(table.name) BEGIN
                    INSERT INTO tally VALUES ('\(table.name)', 1)
                        ON CONFLICT (name) DO UPDATE SET count = count + 1;
                END
                """)
        }
    }

    private mutating func add(_ number: Int, _ random: inout SeededGenerator) {
        let name = "table_\(number)"
        let hasRowID = random.below(3) == 0
        let keyCount = hasRowID ? 1 : 1 + random.below(3)
        let parents = tables.filter { $0.keyCount == 1 && $0.columns.last?.type == "INTEGER" }
        let parent = random.below(2) == 0 || parents.isEmpty ? nil : random.pick(parents)
        var columns = parent == nil ? [] : [(name: "parent", type: "INTEGER")]
        for column in 0..<1 + random.below(5) {
            columns.append((name: "c\(column)", type: random.pick(["INTEGER", "TEXT", "REAL", "BLOB", "ANY"])))
        }
        for key in 0..<keyCount {
            columns.append((name: "k\(key)", type: hasRowID ? "INTEGER" : random.pick(["INTEGER", "TEXT"])))
        }
        var parts = columns.enumerated().map { position, column in
            let isKey = position >= columns.count - keyCount
            let isUnique = !isKey && column.type == "INTEGER" && random.below(3) == 0
            return "\(column.name) \(column.type)\(isKey ? " NOT NULL" : "")\(isUnique ? " UNIQUE" : "")"
        }
        parts.append("PRIMARY KEY (\(columns.suffix(keyCount).reversed().map(\.name).joined(separator: ", ")))")
        if let parent {
            let action = random.pick(["CASCADE", "SET NULL"])
            let target = "\(parent.name) (\(parent.columns[parent.columns.count - 1].name))"
            parts.append("FOREIGN KEY (parent) REFERENCES \(target) ON DELETE \(action) ON UPDATE CASCADE")
        }
        let end = !hasRowID && random.below(2) == 0 ? "STRICT, WITHOUT ROWID" : "STRICT"
        tables.append(
            Table(
                name: name, columns: columns, keyCount: keyCount, parent: parent?.name,
                sql: "CREATE TABLE \(name) (\(parts.joined(separator: ", "))) \(end)"))
    }

    /// A statement that changes rows, or fails.
    func change(_ random: inout SeededGenerator) -> (sql: String, values: [Value]) {
        let table = random.pick(tables)
        let key = table.columns[table.columns.count - 1 - random.below(table.keyCount)]
        switch random.below(10) {
        case 0..<5:
            let verb = random.pick(["INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE", "INSERT OR FAIL"])
            let row = { (random: inout SeededGenerator) in table.columns.map { Self.value($0.type, &random) } }
            let marks = "(\(table.columns.map { _ in "?" }.joined(separator: ", ")))"
            if random.below(4) > 0 { return ("\(verb) INTO \(table.name) VALUES \(marks)", row(&random)) }
            return ("\(verb) INTO \(table.name) VALUES \(marks), \(marks)", row(&random) + row(&random))
        case 5..<8:
            let column = random.pick(table.columns)
            let verb = random.pick(["UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE", "UPDATE OR FAIL"])
            return (
                "\(verb) \(table.name) SET \(column.name) = ? WHERE \(key.name) >= ?",
                [Self.value(column.type, &random), Self.value(key.type, &random)]
            )
        case 8:
            return ("DELETE FROM \(table.name) WHERE \(key.name) = ?", [Self.value(key.type, &random)])
        default:
            return random.below(8) == 0
                ? ("DELETE FROM \(table.name)", [])
                : ("UPDATE \(table.name) SET \(key.name) = \(key.name)", [])
        }
    }

    private static func value(_ type: String, _ random: inout SeededGenerator) -> Value {
        switch type {
        case "INTEGER": .integer(Int64(random.below(12)))
        case "REAL": random.below(4) == 0 ? .null : .integer(Int64(random.below(5)))
        case "TEXT": .text(String(repeating: random.pick(["a", "ß", "", "x\u{0}y"]), count: random.below(90)))
        case "BLOB": .blob([UInt8](repeating: UInt8(random.below(256)), count: random.below(40) * random.below(9)))
        default: random.pick([.null, .integer(.min + Int64(random.below(3))), .text("t"), .blob([0, 1]), .blob([])])
        }
    }
}
