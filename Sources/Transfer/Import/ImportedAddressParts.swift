/// What columns say of one address; most rows say little, so it is looked for one after the other.
struct ImportedAddressParts: Sendable {
    private var texts: [(part: ImportAddressPart, text: String)] = []

    /// The country where nothing else is said.
    var onlyCountry: String? { texts.count == 1 && texts[0].part == .country ? texts[0].text : nil }

    subscript(part: ImportAddressPart) -> String? {
        get { texts.first { $0.part == part }?.text }
        set {
            texts.removeAll { $0.part == part }
            if let newValue { texts.append((part, newValue)) }
        }
    }
}
