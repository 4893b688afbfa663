import Foundation
import StrictJSON
import TestSupport
import Transfer
import XCTest

/// Tables from other people's tests and from real programs.
final class RealTablesTests: XCTestCase {
    private func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: RealData.url(path))) }

    private func names(in folder: String, ending: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: RealData.url(folder).path).filter { $0.hasSuffix(ending) }
            .sorted()
    }

    /// Objects of a header's names, or rows of texts, as one kind of thing to compare.
    private func rows(_ json: JSON) -> [[String]] {
        (json.arrayValue ?? []).map { row in
            let cells = row.arrayValue ?? row.objectValue?.map(\.value) ?? []
            return cells.flatMap { $0.arrayValue ?? [$0] }.map { $0.stringValue ?? "" }
        }
    }

    private func report(_ suite: String, passed: Int, of count: Int, misses: [String]) {
        print("csv \(suite): \(passed) of \(count)")
        for miss in misses { print("  miss: \(miss)") }
    }

    func testCSVSpectrum() throws {
        let folder = "csv/csv-spectrum"
        var misses: [String] = []
        let names = try names(in: folder, ending: ".csv")
        for name in names {
            let expected = rows(try JSON(parsing: bytes("\(folder)/\(name.dropLast(4)).json")))
            let table = try Table(file: bytes("\(folder)/\(name)"))
            if table.rows.dropFirst().map({ $0 }) != expected || !table.problems.isEmpty { misses.append(name) }
        }
        report("csv-spectrum", passed: names.count - misses.count, of: names.count, misses: misses)
        XCTAssertEqual(misses, [])
    }

    func testCSVTestData() throws {
        let folder = "csv/csv-test-data"
        var misses: [String] = []
        let names = try names(in: folder, ending: ".csv")
        for name in names {
            let table = try Table(file: bytes("\(folder)/\(name)"))
            if name.hasPrefix("bad-header") {
                // Whether a header is right only who reads the columns can say; here every record is read as it is.
                if !table.problems.isEmpty { misses.append(name) }
            } else if name.hasPrefix("bad-") {
                if table.problems.isEmpty { misses.append(name) }
            } else {
                let expected = rows(try JSON(parsing: bytes("\(folder)/\(name.dropLast(4)).json")))
                let read = name.hasPrefix("header-") ? table.rows.dropFirst().map { $0 } : table.rows
                if read != expected || !table.problems.isEmpty { misses.append(name) }
            }
        }
        report("csv-test-data", passed: names.count - misses.count, of: names.count, misses: misses)
        XCTAssertEqual(misses, [])
    }

    /// Why a case of PapaParse is none for this reader: options that ask for another language than RFC 4180's.
    private func otherLanguage(_ config: JSON) -> String? {
        let options = ["comments", "escapeChar", "quoteChar", "quotes", "escapeFormulae", "columns", "skipEmptyLines"]
        if let option = options.first(where: { config[$0] != nil }) { return option }
        return (config["delimiter"]?.stringValue ?? ",").utf8.count == 1 ? nil : "delimiter of several signs"
    }

    private func left(_ reasons: [String]) -> String {
        Set(reasons).sorted().map { reason in "\(reason) \(reasons.count { $0 == reason })" }.joined(separator: ", ")
    }

    /// Whether cells are those of a case that wants numbers for texts that are some, and nothing for empty ones.
    private func isEqual(_ read: [[String]], typed: JSON) -> Bool {
        let rows = (typed.arrayValue ?? []).map { row in
            (row.arrayValue ?? row.objectValue?.map(\.value) ?? []).flatMap { $0.arrayValue ?? [$0] }
        }
        return read.count == rows.count
            && zip(read, rows).allSatisfy { texts, values in
                texts.count == values.count
                    && zip(texts, values).allSatisfy { text, value in
                        switch value {
                        case .number(let number): Double(text) == Double(number)
                        case .bool(let flag): text.lowercased() == String(flag)
                        case .null: text.isEmpty
                        case .string(let string): text == string
                        case .array, .object: false
                        }
                    }
            }
    }

    func testPapaParse() throws {
        for file in ["core", "parse"] {
            var misses: [String] = []
            var passed = 0
            var left: [String] = []
            for item in try JSON(parsing: bytes("csv/papaparse-\(file).json")).arrayValue ?? [] {
                let config = item["config"] ?? .null
                let input = item["input"]?.stringValue ?? ""
                let delimiter = config["delimiter"]?.stringValue ?? ","
                // Which lines of a table are none, its reader decides here, too.
                if let reason = otherLanguage(config), reason != "skipEmptyLines" {
                    left.append(reason)
                    continue
                }
                var table =
                    config["delimiter"] == nil || delimiter == "\n"
                    ? try Table(file: Array(input.utf8)) : Table(input, delimiter: Character(delimiter))
                if config["skipEmptyLines"] != nil {
                    let isGreedy = config["skipEmptyLines"]?.stringValue == "greedy"
                    table.records.removeAll {
                        $0.isBlank || isGreedy && $0.fields.allSatisfy { $0.allSatisfy(\.isWhitespace) }
                    }
                }
                let expectedErrors = item["expected"]?["errors"]?.arrayValue ?? []
                var read = table.rows
                read.removeFirst(Int(config["skipFirstNLines"]?.integerValue ?? 0))
                let data = item["expected"]?["data"] ?? .null
                var expected = rows(data)
                if config["header"]?.boolValue == true {
                    read.removeFirst()
                    // Headers that are the same stay so here: columns are told apart by their numbers.
                    let isRenamed = !(item["expected"]?["meta"]?["renamedHeaders"]?.objectValue ?? []).isEmpty
                    if isRenamed { expected.removeFirst() }
                }
                if let preview = config["preview"]?.integerValue, preview > 0 {
                    read = Array(read.prefix(Int(preview)))
                }
                // There, a line end at the end of a file begins another line.
                if input.hasSuffix("\n"), expected.last == [""] { expected.removeLast() }
                let complains = expectedErrors.contains { $0["type"]?.stringValue == "Quotes" }
                let isRight = config["dynamicTyping"] == nil ? read == expected : isEqual(read, typed: data)
                if isRight, table.problems.isEmpty != complains {
                    passed += 1
                } else {
                    misses.append("\(item["id"]?.stringValue ?? ""): \(item["description"]?.stringValue ?? "")")
                }
            }
            report(
                "papaparse-\(file) (ask for another language: \(self.left(left)))", passed: passed,
                of: passed + misses.count,
                misses: misses)
            XCTAssertEqual(misses, [])
        }
    }

    func testPapaParseWriting() throws {
        var misses: [String] = []
        var passed = 0
        var left: [String] = []
        for item in try JSON(parsing: bytes("csv/papaparse-unparse.json")).arrayValue ?? [] {
            let config = item["config"] ?? .null
            let delimiter = config["delimiter"]?.stringValue ?? ","
            if let reason = otherLanguage(config) {
                left.append(reason)
                continue
            }
            let input = records(item["input"] ?? .null, hasHeader: config["header"]?.boolValue ?? true)
            var writer = CSVWriter(delimiter: delimiter == "\n" ? UInt8(ascii: ",") : delimiter.utf8.first ?? 0)
            for row in input { writer.record(row) }
            // There, the last record has no line end.
            let written = String(decoding: writer.take().dropLast(2), as: UTF8.self)
            if written == item["expected"]?.stringValue {
                passed += 1
            } else {
                misses.append("\(item["id"]?.stringValue ?? ""): \(item["description"]?.stringValue ?? "")")
            }
        }
        report(
            "papaparse-unparse (ask for options we have not: \(self.left(left)))", passed: passed,
            of: passed + misses.count,
            misses: misses)
        XCTAssertEqual(misses, [])
    }

    /// What PapaParse is given to write, be it rows, objects, or rows with the names of their fields.
    private func records(_ input: JSON, hasHeader: Bool) -> [[String]] {
        if input.objectValue != nil {
            guard let data = input["data"]?.arrayValue else { return [texts(input["fields"] ?? .null)] }
            // One row may stand for a table of one row.
            let rows = data.allSatisfy { $0.arrayValue != nil } ? data : [.array(data)]
            return [input["fields"], .array(rows)].compactMap(\.self).flatMap { part in
                (part.arrayValue ?? []).first?.arrayValue == nil ? [texts(part)] : (part.arrayValue ?? []).map(texts)
            }
        }
        let items = input.arrayValue ?? []
        guard let names = items.first?.objectValue?.map(\.name) else { return items.map(texts) }
        return (hasHeader ? [names] : []) + items.map { item in names.map { item[$0]?.stringValue ?? "" } }
    }

    private func texts(_ row: JSON) -> [String] { (row.arrayValue ?? []).map { $0.stringValue ?? "" } }

    func testWhatExcelWritesIsReadOrAskedAbout() throws {
        let folder = "csv/excel-variants"
        let asked = ["cp1252": "windows-1252", "iso-8859-1": "iso-8859-1", "cp1254": "windows-1254"]
        var passed = 0
        var misses: [String] = []
        let names = try names(in: folder, ending: ".csv")
        for name in names {
            let parts = name.split(separator: ".").map(String.init)
            let expected = rows(try JSON(parsing: bytes("\(folder)/\(parts[0]).expected.json")))
            let file = try bytes("\(folder)/\(name)")
            var table: Table
            if let entry = asked.first(where: { parts[1].hasPrefix($0.key) }) {
                XCTAssertThrowsError(try Table(file: file), name) { error in
                    guard case .doubtful(let readings) = error as? CharsetError else { return XCTFail("\(error)") }
                    XCTAssertGreaterThan(readings.count, 2)
                }
                table = try Table(file: file, charset: Charset(named: entry.value))
            } else {
                table = try Table(file: file)
            }
            let read = table.rows.dropFirst().map { $0.map { $0.replacing("\r\n", with: "\n") } }
            if Array(read) == expected, table.problems.isEmpty { passed += 1 } else { misses.append(name) }
        }
        report("excel-variants", passed: passed, of: names.count, misses: misses)
        XCTAssertEqual(misses, [])
    }

    func testDirtyFilesAreReadOrAskedAbout() throws {
        let folder = "csv/dirty-real"
        let names = try names(in: folder, ending: "sv")
        var read = 0
        var asked: [String] = []
        for name in names {
            do {
                let table = try Table(file: bytes("\(folder)/\(name)"))
                XCTAssertGreaterThan(table.records.count, 0, name)
                read += 1
            } catch CharsetError.doubtful {
                asked.append(name)
                _ = try Table(file: bytes("\(folder)/\(name)"), charset: .latin1)
            }
        }
        report("dirty-real (\(asked.count) asked about)", passed: read + asked.count, of: names.count, misses: [])
        XCTAssertEqual(
            asked,
            [
                "csvkit--test_latin1.csv", "messytables--spanish_chars.csv",
                "messytables--sparse_with_column_errors.csv",
            ])
        XCTAssertEqual(
            try Table(file: bytes("\(folder)/messytables--simple.ssv")).rows.map(\.count), Array(repeating: 3, count: 7)
        )
        XCTAssertEqual(try Table(file: bytes("\(folder)/messytables--simple.psv")).rows.first?.count, 6)
        XCTAssertEqual(try Table(file: bytes("\(folder)/messytables--skip_initials.csv")).rows[1][1], "    goodbye")
        XCTAssertEqual(try Table(file: bytes("\(folder)/csvkit--null_byte.csv")).rows[1], ["\u{0}", "2", "3"])
        XCTAssertEqual(
            try Table(file: bytes("\(folder)/csvkit--test_utf16_little.csv")).rows,
            [["a", "b", "c"], ["1", "2", "3"], ["4", "5", "ʤ"]])
        XCTAssertEqual(
            try Table(file: bytes("\(folder)/csvkit--test_latin1.csv"), charset: .latin1).rows.last, ["4", "5", "©"])
        XCTAssertEqual(
            try Table(file: bytes("\(folder)/PapaParse--utf-8-bom-sample.csv")).rows,
            [["A", "B", "C"], ["X", "Y", "Z"]])
    }

    func testUnivocityCorrectness() throws {
        let table = try Table(file: bytes("csv/correctness-univocity.csv"))

        XCTAssertEqual(
            table.rows.dropFirst().map { $0[2] },
            [
                "E350", "Venture \"Extended Edition\"", "Grand Cherokee", "Venture \"Extended Edition, Very Large\"",
                "Venture \"Extended Edition\"",
            ])
    }
}
