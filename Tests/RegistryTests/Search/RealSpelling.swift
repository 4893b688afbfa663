import TestSupport

/// A name and how somebody may look for it, of `names/search-equivalence.json`.
struct RealSpelling: Decodable {
    struct Verdict: Decodable {
        let root: Bool
        let de_phonebook: Bool
    }
    let name: String
    let query_made_by: String
    let query: String
    let same_at_primary_level: Verdict

    static func all() throws -> [RealSpelling] {
        try RealData.rows(RealSpelling.self, in: "names/search-equivalence.json")
    }
}
