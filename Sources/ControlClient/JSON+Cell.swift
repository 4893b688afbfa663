import StrictJSON

extension JSON {
    /// The value as people read it, on one line: null is empty, a string goes without quotes, the rest is compact JSON.
    var cell: String {
        switch self {
        case .null: ""
        case .string(let text): text.visible
        case .bool, .number, .array, .object: text.visible
        }
    }
}
