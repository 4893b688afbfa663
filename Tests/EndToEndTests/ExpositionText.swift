import Foundation

/// Text for Prometheus, read as strictly as its format is described.
///
/// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
struct ExpositionText {
    /// What is wrong with a line.
    struct Mistake: Error, Equatable {
        let reason: String
        var line = ""

        init(_ reason: String) { self.reason = reason }
    }

    struct Sample: Equatable {
        let name: String
        let labels: [String: String]
        let value: Double
    }

    /// The types by the name of the metric.
    private(set) var types: [String: String] = [:]
    private(set) var samples: [Sample] = []
    private var helps: Set<String> = []
    /// The metric whose lines stand together now.
    private var current = ""
    private var finished: Set<String> = []
    private var series: Set<String> = []

    init(_ lines: [String]) throws {
        for line in lines {
            do {
                try read(line)
            } catch var mistake as Mistake {
                mistake.line = line
                throw mistake
            }
        }
        for (name, type) in types where type == "histogram" { try checkHistogram(name) }
    }

    /// The value of the series with exactly these labels.
    func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        samples.first { $0.name == name && $0.labels == labels }?.value
    }

    private mutating func read(_ line: String) throws {
        if line.hasPrefix("# ") {
            let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).map { String($0) }
            guard words.count == 4, Self.isName(words[2]) else {
                throw Mistake("a comment that is neither HELP nor TYPE")
            }
            try enter(words[2])
            switch words[1] {
            case "HELP":
                guard helps.insert(words[2]).inserted, types[words[2]] == nil else {
                    throw Mistake("a second HELP, or a late one")
                }
            case "TYPE":
                guard types[words[2]] == nil, !samples.contains(where: { $0.name == words[2] }) else {
                    throw Mistake("a second TYPE, or a late one")
                }
                guard ["counter", "gauge", "histogram", "summary", "untyped"].contains(words[3]) else {
                    throw Mistake("no such type")
                }
                types[words[2]] = words[3]
            default: throw Mistake("neither HELP nor TYPE")
            }
            return
        }
        let sample = try Self.sample(line)
        let family = Self.family(sample.name, types)
        guard let type = types[family], helps.contains(family) else { throw Mistake("without HELP and TYPE") }
        try enter(family)
        if type == "counter" {
            guard family.hasSuffix("_total"), sample.value >= 0 else {
                throw Mistake("a counter ends in _total and is not negative")
            }
        }
        let key = sample.name + sample.labels.sorted { $0.key < $1.key }.description
        guard series.insert(key).inserted else { throw Mistake("the same series twice") }
        samples.append(sample)
    }

    private mutating func enter(_ family: String) throws {
        guard family != current else { return }
        finished.insert(current)
        guard !finished.contains(family) else { throw Mistake("lines of a metric stand apart") }
        current = family
    }

    private static func isName(_ text: String) -> Bool {
        text.wholeMatch(of: /[a-zA-Z_:][a-zA-Z0-9_:]*/) != nil
    }

    /// The metric a series belongs to.
    private static func family(_ name: String, _ types: [String: String]) -> String {
        for suffix in ["_bucket", "_sum", "_count"] where name.hasSuffix(suffix) {
            let family = String(name.dropLast(suffix.count))
            if types[family] == "histogram" { return family }
        }
        return name
    }

    private static func sample(_ line: String) throws -> Sample {
        guard let match = line.wholeMatch(of: /([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)/) else {
            throw Mistake("no sample")
        }
        guard let value = Double(match.3) else { throw Mistake("no number") }
        var labels: [String: String] = [:]
        var rest = match.2.map { Array($0) }?[...] ?? []
        while !rest.isEmpty {
            let name = String(rest.prefix { $0 != "=" })
            guard name.wholeMatch(of: /[a-zA-Z_][a-zA-Z0-9_]*/) != nil, !name.hasPrefix("__") else {
                throw Mistake("no label: \(name)")
            }
            rest = rest.dropFirst(name.count + 1)
            guard rest.popFirst() == "\"" else { throw Mistake("a label without quotes") }
            var text = ""
            while let character = rest.popFirst(), character != "\"" {
                guard character == "\\" else {
                    text.append(character)
                    continue
                }
                switch rest.popFirst() {
                case "n": text.append("\n")
                case "\\": text.append("\\")
                case "\"": text.append("\"")
                default: throw Mistake("no such escape")
                }
            }
            guard labels.updateValue(text, forKey: name) == nil else { throw Mistake("the same label twice") }
            if let separator = rest.popFirst(), separator != "," { throw Mistake("no comma") }
        }
        return Sample(name: match.1.description, labels: labels, value: value)
    }

    /// Buckets are cumulative, the last is +Inf and says what _count says.
    private func checkHistogram(_ name: String) throws {
        let buckets = Dictionary(grouping: samples.filter { $0.name == name + "_bucket" }) { sample in
            sample.labels.filter { $0.key != "le" }
        }
        guard !buckets.isEmpty else { throw Mistake("a histogram without buckets") }
        for (labels, buckets) in buckets {
            let bounds = buckets.compactMap { $0.labels["le"] == "+Inf" ? .infinity : Double($0.labels["le"] ?? "") }
            guard bounds.count == buckets.count, bounds == bounds.sorted(), bounds.last == .infinity else {
                throw Mistake("bounds that do not ascend to +Inf")
            }
            let values = buckets.map(\.value)
            guard values == values.sorted() else { throw Mistake("buckets that are not cumulative") }
            guard value(name + "_count", labels) == values.last, value(name + "_sum", labels) != nil else {
                throw Mistake("_count or _sum is missing or wrong")
            }
        }
    }
}
