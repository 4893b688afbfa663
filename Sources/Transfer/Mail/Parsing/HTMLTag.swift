/// The beginning of an element.
struct HTMLTag {
    /// In lower case.
    let name: String
    /// By their names in lower case.
    let attributes: [String: String]
}
