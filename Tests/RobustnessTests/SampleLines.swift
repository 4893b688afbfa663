import ControlClient
import StrictJSON
import TestSupport

/// Lines of all verbs, with arguments that are often right, made from what `schema` says.
struct SampleLines: Sendable {
    private struct Verb {
        let name: String
        let parameters: [(name: String, type: String, isRequired: Bool)]
    }

    private static let texts = [
        "abc", "\"Öz Ann\"", "1", "ann@example.org", "0171 2345678", "pos", "online-shop", "manual", "VIP", "TEN",
        "other", "newsletter", "staff", "oldest", "\"\"", "2026-01-01", "completed", "return", "-name", "hello", "acme",
    ]
    private static let values: [String: [String]] = [
        "integer": ["1", "2", "0", "-1", "1000", "9223372036854775807"],
        "amount": ["1.00", "0.005", "-5", "1e3", "10"],
        "flag": ["true", "false", "1"], "time": ["2026-01-01", "2026-11-22T10:00:00Z", "2026-11-22T10:00:00+02:00"],
        "words": ["[\"pos\",\"order.*\"]", "[]", "a,b"],
        "list": [
            "[{\"sku\":\"A\",\"name\":\"Tea\",\"quantity\":2,\"unit_price\":\"2.50\",\"tax_rate\":\"19\"}]", "[]",
        ],
        "object": ["{\"register\":\"7\",\"receipt\":\"1\"}", "{\"source\":\"phone\"}", "{}"],
        "buyer": ["{\"email\":\"ann@example.org\",\"name\":\"Ann\",\"phone\":\"0171 2345678\"}", "1", "{}"],
        "json": ["true", "{\"purpose\":\"newsletter\",\"wording\":\"1\"}", "[]"],
    ]
    /// Verbs that would end the daemon or lock the tenant away, and so end the test.
    private static let left = ["drain", "tenant.archive", "tenant.suspend"]

    private let verbs: [Verb]

    init(_ connection: ControlConnection) throws {
        verbs = try connection.ask("schema").rows.map { row in
            let parameters = row["parameters"]?.arrayValue ?? []
            return Verb(
                name: row["verb"]?.stringValue ?? "",
                parameters: parameters.map { parameter in
                    (
                        parameter["name"]?.stringValue ?? "", parameter["type"]?.stringValue ?? "",
                        parameter["required"] == .bool(true)
                    )
                })
        }.filter { !Self.left.contains($0.name) }
    }

    /// How many verbs there are.
    var count: Int { verbs.count }

    /// A word line of the verb with a number, counted from 0.
    func wordLine(_ number: Int, _ random: inout SeededGenerator) -> String {
        let verb = verbs[number % verbs.count]
        let arguments = arguments(of: verb, &random).map {
            " \($0.name)=\($0.value.contains("\"") || !$0.value.contains(" ") ? $0.value : "\"\($0.value)\"")"
        }
        return (random.below(4) == 0 ? "@acme " : "") + verb.name + arguments.joined()
    }

    /// A JSON line of the verb with a number, counted from 0.
    func jsonLine(_ number: Int, _ random: inout SeededGenerator) -> String {
        let verb = verbs[number % verbs.count]
        let members = arguments(of: verb, &random).map { argument in
            let isJSON = argument.value.first.map { "\"[{".contains($0) } == true || Int64(argument.value) != nil
            return "\"\(argument.name)\":" + (isJSON ? argument.value : "\"\(argument.value)\"")
        }
        return
            "{\"jsonrpc\":\"2.0\",\"id\":\(number),\"method\":\"\(verb.name)\",\"params\":{\(members.joined(separator: ","))}}"
    }

    private func arguments(of verb: Verb, _ random: inout SeededGenerator) -> [(name: String, value: String)] {
        var result: [(name: String, value: String)] = []
        for parameter in verb.parameters where parameter.isRequired || random.below(3) == 0 {
            result.append((parameter.name, random.pick(Self.values[parameter.type] ?? Self.texts)))
        }
        return result
    }
}
