internal import ChannelKit
internal import ControlClient
internal import StrictJSON

/// Judges a channel by what it does in a running host: every case over the real verbs, in tenants of its own.
public struct Kit {
    private let subject: Subject
    private let host: ScratchHost
    private let cases: [Case]
    private let mutationLimit: Int

    /// Makes two tenants in a host and prepares the channel in them.
    ///
    /// - Parameters:
    ///   - subject: What is judged.
    ///   - socket: The host's control socket; the caller is its operator.
    ///   - tenants: The folder with a folder for each tenant.
    ///   - mutationLimit: How many of the ways in which details, or arguments, can be wrong are tried.
    /// - Throws: ``KitError`` when the host or the channel refuses what the kit needs, `ClientError`.
    public init(_ subject: Subject, socket: String, tenants: String, mutationLimit: Int = .max) throws {
        self.subject = subject
        self.mutationLimit = mutationLimit
        cases = try CaseBook.cases(with: subject.samples.cases)
        host = try ScratchHost(socket: socket, tenants: tenants, channel: subject.descriptor.id)
        for isElsewhere in [false, true] {
            var run = CaseRun(Instance("", subject.samples.names, host.next()), host)
            for step in subject.samples.setup {
                guard let failure = try run.failure(of: step, isElsewhere: isElsewhere) else { continue }
                throw KitError.refused("setup: \(failure)")
            }
        }
    }

    /// Runs every case that fits the channel.
    ///
    /// - Parameter report: Called with what came of each case.
    /// - Returns: Whether all of them hold.
    /// - Throws: `ClientError` when the host is gone.
    public func run(_ report: (Verdict) -> Void) throws -> Bool {
        var holds = true
        for item in cases where fits(item) {
            guard let verdict = try judge(item) else { continue }
            if verdict.failure != nil { holds = false }
            report(verdict)
        }
        return holds
    }

    private func fits(_ item: Case) -> Bool {
        switch item.condition {
        case nil: true
        case .anonymousOrders: subject.descriptor.capabilities.contains(.anonymousOrders)
        case .ownExternalIDs: subject.descriptor.capabilities.contains(.ownExternalIDs)
        case .child: subject.isChild
        }
    }

    /// What comes of a case; nil where the channel has nothing to try it with.
    private func judge(_ item: Case) throws -> Verdict? {
        let instances = Instances(subject, host, mutationLimit: mutationLimit).all(of: item.subjects)
        guard !instances.isEmpty else { return nil }
        for instance in instances {
            do {
                var run = CaseRun(instance, host)
                guard let failure = try run.failure(of: item.steps) else { continue }
                let label = instance.label.isEmpty ? "" : "\(instance.label): "
                return Verdict(title: item.title, count: instances.count, failure: label + failure)
            } catch let error as KitError {
                return Verdict(title: item.title, count: instances.count, failure: error.description)
            }
        }
        return Verdict(title: item.title, count: instances.count, failure: Instances.missing(instances))
    }
}
