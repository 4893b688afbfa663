public import ChannelKit
public import StrictJSON

/// What the kit judges: a channel by what it declares, with samples of what it takes.
public struct Subject: Sendable {
    let descriptor: ChannelDescriptor
    let verbs: [ChannelVerb.Declaration]
    let samples: Samples
    /// Whether it runs in a process of its own, which can be ended and started again.
    let isChild: Bool

    /// A channel and its samples.
    ///
    /// - Parameters:
    ///   - source: The channel.
    ///   - samples: Orders it takes and refuses, and cases of its own; the README tells how they are written.
    ///   - isChild: Whether it runs in a process of its own.
    /// - Throws: ``KitError/badSamples(_:)``.
    public init(_ source: any ChannelSource, samples: JSON, isChild: Bool) throws {
        descriptor = source.descriptor
        verbs = source.verbs
        self.samples = try Samples(samples)
        self.isChild = isChild
    }
}
