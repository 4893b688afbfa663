internal import ChannelKit
internal import Foundation
internal import Registry

/// A setting of a tenant that changes what the registry does.
public struct TenantSetting: Sendable {
    /// The word for it on the socket, such as "guest.record".
    public let name: String
    /// The value where a tenant has set none.
    public let standard: String
    /// What may be set.
    public let allowed: String
    /// What it does, in one sentence.
    public let summary: String
    /// Puts a value into the policies; false for one that may not be set.
    let apply: @Sendable (String, inout Policies) -> Bool

    /// Every setting with those of the channels, in the order they are shown.
    ///
    /// - Parameters:
    ///   - catalog: The channels.
    ///   - limits: The limits where a tenant has none of its own.
    /// - Returns: The settings.
    static func all(_ catalog: ChannelCatalog, _ limits: Limits) -> [TenantSetting] {
        all + self.limits(limits) + catalog.sources.flatMap { all(of: $0.descriptor.id) }
    }

    /// Puts a value into the policies.
    ///
    /// - Throws: ``HostError/badSetting(_:allowed:)``.
    func set(_ value: String, in policies: inout Policies) throws(HostError) {
        guard apply(value, &policies) else { throw .badSetting(name, allowed: allowed) }
    }
}

extension TenantSetting {
    /// One of some words; the first case is the standard.
    static func choice<Word: RawRepresentable & CaseIterable & Sendable>(
        _ name: String, _ summary: String, _ set: @escaping @Sendable (inout Policies, Word) -> Void
    ) -> TenantSetting where Word.RawValue == String {
        let words = Word.allCases.map(\.rawValue)
        return TenantSetting(
            name: name, standard: words.first ?? "", allowed: words.joined(separator: ", "), summary: summary
        ) { value, policies in
            guard let word = Word(rawValue: value) else { return false }
            set(&policies, word)
            return true
        }
    }

    /// True or false.
    static func flag(
        _ name: String, _ summary: String, standard: Bool, _ set: @escaping @Sendable (inout Policies, Bool) -> Void
    ) -> TenantSetting {
        TenantSetting(name: name, standard: standard ? "true" : "false", allowed: "true, false", summary: summary) {
            value, policies in
            guard value == "true" || value == "false" else { return false }
            set(&policies, value == "true")
            return true
        }
    }

    /// A whole number from 1, or "none".
    static func limit(
        _ name: String, _ summary: String, standard: Int? = nil,
        _ set: @escaping @Sendable (inout Policies, Int?) -> Void
    ) -> TenantSetting {
        TenantSetting(
            name: name, standard: standard.map { String($0) } ?? "none", allowed: "none, or a number above 0",
            summary: summary
        ) { value, policies in
            if value == "none" {
                set(&policies, nil)
                return true
            }
            guard let number = Int(value), number > 0 else { return false }
            set(&policies, number)
            return true
        }
    }

    /// Fields of a customer, separated by commas, or "none".
    static func fields(
        _ name: String, _ summary: String, _ set: @escaping @Sendable (inout Policies, [CustomerField]) -> Void
    ) -> TenantSetting {
        let known = CustomerField.allCases.filter { $0 != .taxExempt && $0 != .custom }
        let words = known.map(\.rawValue).joined(separator: ", ")
        return TenantSetting(
            name: name, standard: "none", allowed: "none, or some of \(words), separated by commas", summary: summary
        ) { value, policies in
            if value == "none" {
                set(&policies, [])
                return true
            }
            let fields = value.split(separator: ",", omittingEmptySubsequences: false).map { word in
                known.first { $0.rawValue == word.trimmingCharacters(in: .whitespaces) }
            }
            guard !fields.contains(nil) else { return false }
            set(&policies, fields.compactMap(\.self))
            return true
        }
    }

    /// Free text that `read` makes sense of; empty where it is not set.
    static func text(
        _ name: String, _ summary: String, allowed: String,
        _ read: @escaping @Sendable (inout Policies, String) -> Bool
    ) -> TenantSetting {
        TenantSetting(name: name, standard: "", allowed: allowed, summary: summary) { value, policies in
            value.isEmpty || !value.contains(where: \.isNewline) && read(&policies, value)
        }
    }
}
