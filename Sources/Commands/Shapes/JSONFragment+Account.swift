internal import ChannelKit
internal import Registry
internal import StrictJSON

extension JSONFragment {
    /// An account, for staff.
    static func account(_ account: Account) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("customer", account.customer.rawValue)
            writer.member("account", account.state.rawValue)
            writer.member("status", account.status.rawValue)
            writer.member("password", account.hasPassword)
            writer.member("email_verified_at", account.emailVerifiedAt?.text)
            writer.member("invited_until", account.invitedUntil?.text)
            writer.member("pending_email", account.pendingEmail)
            writer.member("sessions", account.sessions)
        }
    }
}

extension JSONFragment {
    /// A customer as the customer sees it: nothing that staff wrote, and nothing of how the shop sorts its customers.
    static func own(_ customer: Customer, _ account: Account) -> JSONFragment {
        let fields = customer.fields
        return JSONWriter.object { writer in
            writer.member("customer", customer.id.rawValue)
            writer.member("number", customer.number)
            writer.member("name", fields.fullName)
            writer.member("first_name", fields.firstName)
            writer.member("last_name", fields.lastName)
            writer.member("email", fields.email?.spelling)
            writer.member("email_verified", account.emailVerifiedAt != nil)
            writer.member("pending_email", account.pendingEmail)
            writer.member("phone", fields.phone)
            writer.member("country", fields.country?.code)
            writer.member("language", fields.language)
            writer.member("company", fields.company)
            writer.member("vat_id", fields.vatID)
            writer.member("birthday", fields.birthday)
            writer.member("account", account.state.rawValue)
            writer.member("password", account.hasPassword)
            writer.member("subscribed", customer.isSubscribed)
            writer.member("joined_at", customer.joinedAt.text)
        }
    }

    /// An order as its customer sees it; `summary` is the channel's details for people.
    static func ownOrder(_ order: Order, lines: [OrderLine], summary: [DetailLine]) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("id", order.id.rawValue)
            writer.member("channel", order.channel)
            writer.member("ext", order.ext)
            writer.member("kind", order.kind.rawValue)
            writer.member("state", order.state.rawValue)
            writer.member("channel_state", order.channelState)
            writer.member("placed_at", order.placedAt.text)
            writer.amounts(of: order)
            writer.member("coupon", order.coupon)
            writer.lines(lines, in: order.amounts.total.currency)
            // Copied from the address book; what cannot be read any more, which nobody writes, is not shown.
            let buyer = try? JSON(parsing: order.buyer.bytes)
            for use in [OrderAddress.Use.shipping, .billing] {
                writer.member(use.rawValue, buyer?[use.rawValue] ?? .null)
            }
            writer.summary(summary)
        }
    }
}
