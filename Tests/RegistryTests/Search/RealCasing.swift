import TestSupport

/// A Turkish name in four casings, of `names/turkish-casing.json`.
struct RealCasing: Decodable {
    let name: String
    let upper_tr: String
    let lower_tr: String
    let upper_root: String
    let lower_root: String

    var queries: [String] { [upper_tr, lower_tr, upper_root, lower_root] }

    static func all() throws -> [RealCasing] {
        try RealData.rows(RealCasing.self, in: "names/turkish-casing.json")
    }
}
