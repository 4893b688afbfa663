internal import Hosting

/// Metrics in the text format that Prometheus reads, version 0.0.4.
///
/// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
struct PrometheusText {
    enum Kind: String {
        case counter
        case gauge
        case histogram
    }

    /// One value with its labels.
    struct Sample {
        let labels: [(name: String, value: String)]
        let value: Double

        init(_ labels: [(name: String, value: String)], _ value: Double) {
            self.labels = labels
            self.value = value
        }

        init(_ value: Double, _ labels: (name: String, value: String)...) {
            self.init(labels, value)
        }

        init(_ value: Int64, _ labels: (name: String, value: String)...) {
            self.init(labels, Double(value))
        }
    }

    private(set) var lines: [String] = []

    /// Adds all samples of one metric; nothing without any.
    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
        guard !samples.isEmpty else { return }
        begin(name, kind, help)
        for sample in samples { line(name, sample.labels, sample.value) }
    }

    /// Adds a histogram; what was counted is divided by `unit`.
    mutating func add(
        _ name: String, _ help: String, _ histogram: Histogram, per unit: Double,
        _ labels: [(name: String, value: String)]
    ) {
        begin(name, .histogram, help)
        var count: Int64 = 0
        for (bound, inBucket) in zip(histogram.bounds, histogram.counts) {
            count += inBucket
            line("\(name)_bucket", labels + [("le", Self.text(Double(bound) / unit))], Double(count))
        }
        line("\(name)_bucket", labels + [("le", "+Inf")], Double(histogram.count))
        line("\(name)_sum", labels, Double(histogram.sum) / unit)
        line("\(name)_count", labels, Double(histogram.count))
    }

    private mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
        lines.append("# HELP \(name) \(Self.escaped(help))")
        lines.append("# TYPE \(name) \(kind.rawValue)")
    }

    private mutating func line(_ name: String, _ labels: [(name: String, value: String)], _ value: Double) {
        let text = labels.map { label in
            #"\#(label.name)="\#(Self.escaped(label.value).replacing("\"", with: #"\""#))""#
        }.joined(separator: ",")
        lines.append("\(name)\(text.isEmpty ? "" : "{\(text)}") \(Self.text(value))")
    }

    private static func escaped(_ text: String) -> String {
        text.replacing(#"\"#, with: #"\\"#).replacing("\n", with: #"\n"#)
    }

    /// A number as JSON and Prometheus write it.
    static func text(_ value: Double) -> String {
        Int64(exactly: value).map { String($0) } ?? String(value)
    }
}
