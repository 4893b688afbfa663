internal import ChannelKit
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

extension ConsentVerbs {
    static let suppressed = Verb(
        "consent.suppressed",
        "tells whether an address or number is on the suppression list; without one, how long the list is",
        roles: [.staff, .reader],
        [
            .optional("email", .text, "e-mail address, in any spelling"),
            .optional("phone", .text, "telephone number, in any spelling"),
        ],
        .read { invocation in
            let arguments = invocation.arguments
            let email = try arguments.value("email") { (text) throws(ValueError) in try EmailAddress(parsing: text) }
            let phone = try arguments.text("phone").map { try invocation.phoneKey($0) }
            let contacts = [email.map { Contact.email($0.key) }, phone.map { Contact.phone($0) }].compactMap(\.self)
            return { transaction in
                let reader = SuppressionReader(transaction)
                let found = try reader.suppressions(of: contacts)
                let counts = contacts.isEmpty ? try reader.counts() : []
                return Reply(
                    outcome: .ok(
                        JSONWriter.object { writer in
                            writer.member("suppressed", contacts.isEmpty ? JSON.null : .bool(!found.isEmpty))
                            writer.name("purposes")
                            writer.beginObject()
                            for suppression in found {
                                writer.name(suppression.purpose.rawValue)
                                writer.beginObject()
                                writer.member("reason", suppression.reason.rawValue)
                                writer.member("at", suppression.at.text)
                                writer.endObject()
                            }
                            writer.endObject()
                            writer.name("entries")
                            writer.beginArray()
                            for count in counts {
                                writer.beginObject()
                                writer.member("purpose", count.purpose)
                                writer.member("reason", count.reason)
                                writer.member("contacts", count.count)
                                writer.endObject()
                            }
                            writer.endArray()
                        }))
            }
        })

    static let wording = Verb(
        "consent.wording", "says for good which text a version stands for; the proof then shows the text",
        roles: [.staff],
        [
            .required("version", .text, "the word for it, as wording= gives it", maximum: 256),
            .required("text", .text, "the text that people read and agreed to", maximum: 65_536),
            .optional("purpose", .text, "newsletter, sms, phone or post; newsletter where absent"),
        ],
        .write { invocation in
            let arguments = invocation.arguments
            let version = arguments.required("version")
            let text = arguments.required("text")
            let purpose = try arguments.word("purpose", ConsentPurpose.self) ?? .newsletter
            return { transaction in
                let wording = try ConsentWriter(transaction, invocation.occasion).enterWording(
                    text, version: version, purpose: purpose)
                return Reply(outcome: .ok(.wording(wording)))
            }
        })

    static let wordings = Verb(
        "consent.wordings", "lists the texts that versions stand for, by purpose and version",
        roles: [.staff, .reader],
        [.limit, .after],
        .read { invocation in
            let limit = try invocation.arguments.limit()
            let values = try Cursor.values(invocation.arguments, count: 2)
            let purpose = values?[0].stringValue ?? ""
            let version = values?[1].stringValue ?? ""
            return { transaction in
                let wordings = try ConsentReader(transaction).wordings(
                    afterPurpose: purpose, version: version, limit: limit)
                return .page(
                    wordings, limit: limit, row: { .wording($0) },
                    next: { Cursor.text(.string($0.purpose.rawValue), .string($0.version)) })
            }
        })
}
