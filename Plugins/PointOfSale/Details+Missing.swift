import ChannelKit

extension Details {
    /// The full paths of those members that are absent, null or blank.
    func missing(_ names: String...) -> [String] {
        names.filter { name in
            guard let value = json[name], value != .null else { return true }
            return value.stringValue?.allSatisfy(\.isWhitespace) ?? false
        }.map(path(of:))
    }
}
