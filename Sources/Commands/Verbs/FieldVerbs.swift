internal import ChannelKit
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

/// The shop's own fields of customers.
enum FieldVerbs {
    static let all = [define, list, remove]

    private static let define = Verb(
        "field.define", "defines a field of customers that custom={…} may hold; others are refused from then on",
        roles: [.staff],
        [
            .required("name", .text, "small letters, digits and underscores"),
            .required("type", .text, "text, number, flag, day or choice"),
            .optional("choices", .words, "the words of a choice"),
        ],
        .write { invocation in
            let arguments = invocation.arguments
            let field = ShopField(
                name: arguments.required("name"), kind: try arguments.word("type", ShopField.Kind.self) ?? .text,
                choices: arguments.words("choices"))
            return { transaction in
                try FieldWriter(transaction).define(field)
                return Reply(outcome: .ok(shape(of: field)))
            }
        })

    private static let list = Verb(
        "field.list", "lists the shop's own fields by name", roles: [.staff, .reader, .channel],
        .read { _ in
            { transaction in
                Reply(
                    rows: try FieldReader(transaction).fields().map(shape), outcome: .list(next: nil, extra: []))
            }
        })

    private static let remove = Verb(
        "field.remove", "takes a field back; what customers have in it stays until it is cleared", roles: [.staff],
        [.required("name", .text, "the field")],
        .write { invocation in
            let name = invocation.arguments.required("name")
            return { transaction in
                try FieldWriter(transaction).remove(name)
                return Reply(outcome: .ok(.emptyObject))
            }
        })

    private static func shape(of field: ShopField) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("name", field.name)
            writer.member("type", field.kind.rawValue)
            writer.member("choices", field.choices)
        }
    }
}
