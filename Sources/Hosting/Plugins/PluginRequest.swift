internal import Registry
internal import StrictJSON

/// A question for a plugin, written and ready to be sent.
struct PluginRequest: Sendable {
    /// Unique in this host.
    let id = PluginID.next()
    /// For the `tenant.open` that may have to come first.
    let openingID = PluginID.next()
    /// The whole line, with its LF.
    let line: [UInt8]
    let tenant: PluginTenant
    let occasion: Occasion
    let deadline: Duration
    /// Takes the result the plugin answered, or why there is none; called once, on the plugins' thread.
    let done: @Sendable (Result<JSON, any Error>) -> Void

    /// A question; `members` writes what belongs to the method.
    init(
        _ method: String, of tenant: PluginTenant, _ occasion: Occasion, deadline: Duration,
        done: @escaping @Sendable (Result<JSON, any Error>) -> Void,
        _ members: (inout JSONWriter) -> Void
    ) {
        self.tenant = tenant
        self.occasion = occasion
        self.deadline = deadline
        self.done = done
        let id = id
        line = PluginLine.request(id, method) { writer in
            writer.member("tenant", tenant.token)
            writer.member("call", PluginID.call(id))
            writer.member("at", occasion.at.text)
            writer.member("actor", occasion.actor.description)
            members(&writer)
        }
    }
}

/// The lines of the wire.
enum PluginLine {
    /// A question whose parameters `params` writes.
    static func request(_ id: Int64, _ method: String, _ params: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter(reserving: 1_024)
        writer.beginObject()
        writer.member("jsonrpc", "2.0")
        writer.member("id", id)
        writer.member("method", method)
        writer.name("params")
        writer.beginObject()
        params(&writer)
        writer.endObject()
        writer.endObject()
        return writer.finish().bytes + [0x0A]
    }

    static func request(_ id: Int64, _ method: String, params: JSONFragment) -> [UInt8] {
        line { writer in
            writer.member("id", id)
            writer.member("method", method)
            writer.member("params", params)
        }
    }

    /// The answer to what a plugin asked.
    static func answer(_ id: JSON, _ result: Result<JSONFragment, any Error>) -> [UInt8] {
        line { writer in
            writer.member("id", id)
            switch result {
            case .success(let fragment): writer.member("result", fragment)
            case .failure(let error): writer.member("error", Self.error(error))
            }
        }
    }

    private static func error(_ error: any Error) -> JSONFragment {
        let refusal = error as? any Refusal
        return JSONWriter.object { writer in
            writer.member("code", refusal?.kind.rawValue ?? 500)
            writer.member("message", refusal?.description ?? "something went wrong here; it has been logged")
            writer.name("data")
            writer.beginObject()
            writer.member("slug", refusal?.slug ?? "internal")
            for member in refusal?.details ?? [] { writer.member(member.name, member.value) }
            writer.endObject()
        }
    }

    private static func line(_ members: (inout JSONWriter) -> Void) -> [UInt8] {
        JSONWriter.object { writer in
            writer.member("jsonrpc", "2.0")
            members(&writer)
        }.bytes + [0x0A]
    }
}
