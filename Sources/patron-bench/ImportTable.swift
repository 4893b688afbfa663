import Foundation

/// A customer list to import: random e-mail addresses, names with umlauts, telephone numbers, no tags.
///
/// The same in every run; nobody is in it twice.
struct ImportTable {
    static let columns = ["E-Mail", "First Name", "Last Name", "Phone", "Country"]

    private static let firstNames = [
        "Anna", "Björn", "Çiğdem", "Dörte", "Emre", "Fatma", "Günther", "Hülya", "Işık", "Jürgen", "Käthe", "Lena",
        "Mehmet", "Nuri", "Özge", "Peter", "Quentin", "Rıza", "Şule", "Thomas", "Uwe", "Vera", "Wiebke", "Zoë",
    ]
    private static let lastNames = [
        "Schmidt", "Müller", "Yılmaz", "Öztürk", "Weiß", "Groß", "Demir", "Kaya", "Schröder", "Jäger", "Smith", "Jones",
        "Brown", "García", "Dönmez", "Çelik", "Şahin", "Böhm", "Fuchs", "Lang",
    ]

    /// Writes so many rows behind a header.
    ///
    /// - Throws: ``BenchError/system(call:code:)``.
    static func write(rows: Int, to path: String) throws(BenchError) {
        guard let file = fopen(path, "w") else { throw .system(call: "fopen", code: errno) }
        defer { fclose(file) }
        var text = columns.joined(separator: ",") + "\n"
        var numbers = RandomNumbers(seed: 1)
        func draw() -> UInt64 { numbers.next() }
        for row in 0..<rows {
            let (first, last) = (draw(), draw())
            text += "\(String(draw() >> 24, radix: 36))\(row % 100)@example\(draw() % 100).com"
            text += ",\(firstNames[Int(first % UInt64(firstNames.count))])"
            text += ",\(lastNames[Int(last % UInt64(lastNames.count))])\(String(last >> 52, radix: 36))"
            text += ",+49151\(String(10_000_000 + draw() % 90_000_000)),DE\n"
            if text.utf8.count > 1 << 20 || row == rows - 1 {
                let bytes = Array(text.utf8)
                guard fwrite(bytes, 1, bytes.count, file) == bytes.count else {
                    throw .system(call: "fwrite", code: errno)
                }
                text = ""
            }
        }
    }
}
