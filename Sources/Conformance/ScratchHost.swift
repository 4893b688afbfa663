internal import ControlClient
internal import Foundation
internal import StrictJSON

/// The host as the kit uses it: two tenants, and a number that is never the same twice.
final class ScratchHost {
    let channel: String
    private let connection: ControlConnection
    private let socket: String
    private var others: [ControlConnection] = []
    private let tenants: String
    private var count: Int64 = 0
    private var asked: Int64 = 0

    init(socket: String, tenants: String, channel: String) throws {
        self.channel = channel
        self.socket = socket
        self.tenants = tenants
        connection = try ControlConnection(path: socket)
        for isElsewhere in [false, true] {
            try need(
                "tenant.create",
                #"{"name":"\#(Self.tenant(isElsewhere))","title":"Kit","currency":"EUR","country":"DE","locale":"de","time_zone":"Europe/Berlin","account.invite":"false"}"#
            )
            try need("channel.enable", #"{"tenant":"\#(Self.tenant(isElsewhere))","channel":"\#(channel)"}"#)
        }
    }

    /// A number nobody has had yet.
    func next() -> Int64 {
        count += 1
        return count
    }

    /// Asks for a verb in one of the two tenants.
    func ask(_ verb: String, _ parameters: JSON, isElsewhere: Bool) throws -> ClientReply {
        try send(verb, parameters.setting("tenant", .string(Self.tenant(isElsewhere))))
    }

    /// Asks the same over several connections at the same time.
    func ask(_ verb: String, _ parameters: JSON, isElsewhere: Bool, callers: Int) throws -> [ClientReply] {
        while others.count < callers { others.append(try ControlConnection(path: socket)) }
        let line = request(verb, parameters.setting("tenant", .string(Self.tenant(isElsewhere))))
        for connection in others.prefix(callers) { try connection.send(line) }
        return try others.prefix(callers).map { try $0.reply() }
    }

    /// The files of a tenant that hold one of these texts.
    func files(holding texts: [String], isElsewhere: Bool) throws -> [String] {
        let folder = "\(tenants)/\(Self.tenant(isElsewhere))"
        let needles = texts.flatMap { [Data($0.utf8), Data($0.lowercased().utf8)] }
        return try FileManager.default.contentsOfDirectory(atPath: folder).filter { name in
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { return false }
            return needles.contains { data.range(of: $0) != nil }
        }
    }

    /// The process of the channel; nil while it has none.
    func child() throws -> Int32? {
        try plugin("plugin.show").ok?["pid"]?.integerValue.map { Int32(clamping: $0) }
    }

    /// Waits at most 20 s until another process of the channel answers.
    func waitForChild(after former: Int32) throws -> Bool {
        for _ in 0..<400 {
            if try plugin("plugin.test").ok != nil, try child() != former { return true }
            usleep(50_000)
        }
        return false
    }

    private func plugin(_ verb: String) throws -> ClientReply {
        try send(verb, .object([JSON.Member(name: "plugin", value: .string(channel))]))
    }

    private static func tenant(_ isElsewhere: Bool) -> String { isElsewhere ? "kit-two" : "kit-one" }

    private func need(_ verb: String, _ parameters: String) throws {
        let reply = try send(verb, try JSON(parsing: parameters))
        guard let error = reply.error else { return }
        throw KitError.refused("\(verb) was answered \(error.code) \(error.slug): \(error.message)")
    }

    private func send(_ verb: String, _ parameters: JSON) throws -> ClientReply {
        try connection.ask(request(verb, parameters))
    }

    private func request(_ verb: String, _ parameters: JSON) -> String {
        asked += 1
        return JSONWriter.object { writer in
            writer.member("jsonrpc", "2.0")
            writer.member("id", asked)
            writer.member("method", verb)
            writer.member("params", parameters)
        }.text
    }
}
