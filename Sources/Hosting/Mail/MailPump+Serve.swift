internal import Registry
internal import Storage
internal import Transfer

extension MailPump {
    /// Sends some mails of a tenant.
    func serve(_ name: TenantName) -> Turn {
        let tenant: Tenant
        do {
            tenant = try post.tenant(name)
        } catch HostError.noTenant {
            post.forget(name)
            return .done
        } catch {
            // What is wrong with it, whoever asks for it is told.
            return later
        }
        // Both end with a change of the configuration, which rings again.
        guard !tenant.profile.configuration.isSuspended else { return .done }
        guard tenant.isOpen || tenant.profile.shop.policies.mail.from != nil else { return .done }
        let settlement = takeUnsettled(name)
        do {
            return try send(tenant, settlement)
        } catch {
            return later
        }
    }

    private var later: Turn { .wait(until: Instant(seconds: post.now().seconds + Self.pause)) }

    private func send(_ tenant: Tenant, _ unsettled: Settlement?) throws -> Turn {
        var settlement = unsettled
        // Nothing is lost when the file cannot be written now: the outcome is noted with the next turn.
        defer { keepUnsettled(settlement, of: tenant.name) }
        var count = 0
        while true {
            let marks = tenant.mailMark.count
            let isLast = count == Self.burst || isStopping
            let next = try step(tenant, settlement, isLast: isLast)
            settlement = nil
            switch next {
            case .send(let departure):
                settlement = Settlement(mail: departure.mail.id, outcome: attempt(departure))
                count += 1
            case .wait(let time): return isLast && time <= post.now() ? .again : .wait(until: time)
            case .held: return .done
            case .nothing:
                tenant.mailMark.clear(ifSet: marks)
                return .done
            }
        }
    }

    /// Notes how the last attempt ended and takes the next mail unless this is the last step, in one transaction.
    private func step(_ tenant: Tenant, _ settlement: Settlement?, isLast: Bool) throws -> OutboxTurn {
        let occasion = Occasion(shop: tenant.profile.shop, at: post.now(), actor: .system)
        return try tenant.writeAndWait { transaction in
            let writer = OutboxWriter(transaction, occasion)
            if let settlement { try writer.settle(settlement.mail, settlement.outcome) }
            return isLast ? try writer.outlook() : try writer.turn()
        }
    }

    private func attempt(_ departure: Departure) -> MailOutcome {
        let message: [UInt8]
        do {
            message = try MailComposer.compose(departure.draft(at: post.now()))
        } catch {
            return .refused(error.description)
        }
        switch post.transport.send(message, returnPath: departure.returnPath.spelling) {
        case .sent: return .sent
        case .temporary(let reason): return .postponed(reason)
        case .permanent(let reason): return .refused(reason)
        case .uncertain(let reason): return .unknown(reason)
        }
    }
}

extension Departure {
    /// The message that goes out.
    fileprivate func draft(at now: Instant) -> MailDraft {
        MailDraft(
            from: MailAddress(name: name, address: from.spelling), to: MailAddress(address: mail.recipient.spelling),
            replyTo: replyTo.map { MailAddress(name: name, address: $0.spelling) }, subject: mail.subject,
            text: text, date: now, messageID: mail.messageID, inReplyTo: references.last, references: references,
            isAutomatic: isAutomatic, unsubscribeLink: unsubscribeLink)
    }
}
