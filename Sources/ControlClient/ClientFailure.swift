public import StrictJSON

/// Why the daemon did not do a request.
public struct ClientFailure: Sendable, Equatable {
    /// The class, such as 404.
    public var code: Int
    /// The case, which programs rely on.
    public var slug: String
    /// An object; `message` in words, everything else belongs to the case.
    public var body: JSON

    /// Puts a failure together.
    public init(code: Int, slug: String, body: JSON) {
        self.code = code
        self.slug = slug
        self.body = body
    }

    /// The case in words; empty when the daemon has none.
    public var message: String { body["message"]?.stringValue ?? "" }

    /// What belongs to the case beside its message.
    var details: [JSON.Member] { (body.objectValue ?? []).filter { $0.name != "message" } }

    /// One object with `code` and `slug` before everything else.
    var object: JSON {
        let head = [
            JSON.Member(name: "code", value: .number(String(code))),
            JSON.Member(name: "slug", value: .string(slug)),
        ]
        let rest = (body.objectValue ?? []).filter { $0.name != "code" && $0.name != "slug" }
        return .object(head + rest)
    }

    /// Reads the error object of a JSON-RPC response, https://www.jsonrpc.org/specification#error_object.
    init(rpcError error: JSON) {
        let data = error["data"]?.objectValue ?? []
        let message = JSON.Member(name: "message", value: error["message"] ?? .string(""))
        code = error["code"]?.integerValue.map { Int(clamping: $0) } ?? 0
        slug = error["data"]?["slug"]?.stringValue ?? ""
        body = .object([message] + data.filter { $0.name != "slug" })
    }
}
