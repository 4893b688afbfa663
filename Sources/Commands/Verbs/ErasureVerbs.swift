internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

/// What the law lets people ask for: to be forgotten, and to see what is known of them.
enum ErasureVerbs {
    static let all = [erase, data, sweep]

    private static let erase = Verb(
        "customer.erase",
        "erases a customer for good; orders stay with country, amounts, lines and dates, evidence of consent with "
            + "its texts and times, the contact as a keyed hash; backups made before still hold the rest; "
            + "a test customer goes with all orders; parked orders lose their buyer and other parked requests that name "
            + "the customer are given up",
        roles: [.staff],
        [
            .required("id", .integer, "the customer"),
            .optional("confirm", .integer, "the customer's number, to be sure that it is the right one"),
        ],
        .write { invocation in
            let id = invocation.arguments.customer("id")
            let number = invocation.arguments.integer("confirm")
            return { transaction in
                let emails = try CustomerReader(transaction.reading).emails(of: id)
                let eraser = CustomerEraser(transaction, invocation.occasion, redact: invocation.profile.redaction)
                let erased = try eraser.erase(id, confirm: number)
                let others = ParticipantEraser(transaction, invocation.profile, invocation.occasion)
                for email in emails { try others.erase(email) }
                return Reply(
                    outcome: .ok(
                        JSONWriter.object { writer in
                            writer.member("id", erased.id.rawValue)
                            writer.member("number", erased.number)
                            writer.member("status", CustomerStatus.erased.rawValue)
                            writer.member("purged", erased.isPurged)
                            writer.member("orders", erased.orders)
                            writer.member("parked_requests", erased.parked)
                        }))
            }
        })

    private static let data = Verb(
        "customer.data",
        "sends everything that is kept about one person, a row for each thing; notes, comments and reasons that are "
            + "for staff only are not among it",
        roles: [.staff],
        [.required("id", .integer, "the customer")],
        .job(isChanging: false) { invocation in
            let id = invocation.arguments.customer("id")
            return { job in
                // One snapshot, so that the parts fit together.
                let rows = try job.read { transaction in
                    var rows = 0
                    let customer = try CustomerReader(transaction).customer(id)
                    for section in CustomerData.sections {
                        var cursor: Int64? = 0
                        let data = CustomerData(customer, invocation, transaction)
                        while let position = cursor {
                            let page = try section.page(data, position)
                            for row in page.rows {
                                try job.row(
                                    JSONWriter.object { writer in
                                        writer.member("kind", section.kind)
                                        writer.member("data", row)
                                    })
                            }
                            rows += page.rows.count
                            cursor = page.next
                        }
                    }
                    return rows
                }
                return Reply(outcome: .ok(JSONWriter.object { $0.member("rows", rows) }))
            }
        })

    private static let sweep = Verb(
        "tenant.sweep",
        "takes what is left of erased customers off orders older than retention.years, and deletes mails that were "
            + "sent, came back or were withdrawn more than mail.keep_days ago: 1,000 of each at a time, so repeat it "
            + "until more is false; meant to be run once a day; mails of conversations stay with them, the timeline "
            + "and a mailing's counts stay as they are, and mails that failed or may not have gone out stay until they "
            + "are retried or cancelled",
        roles: [.staff],
        .write { invocation in
            { transaction in
                let swept = try RetentionSweep(transaction, invocation.occasion).run()
                let mails = try MailSweep(transaction, invocation.occasion).run()
                return Reply(
                    outcome: .ok(
                        JSONWriter.object { writer in
                            writer.member("orders", swept.orders)
                            writer.member("customers", swept.customers)
                            writer.member("mails", mails)
                            writer.member("more", swept.isMoreLeft || mails == MailSweep.limit)
                        }))
            }
        })
}
