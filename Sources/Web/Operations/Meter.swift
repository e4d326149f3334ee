import Synchronization

/// Counts what the doors answered, and how long it took.
final class Meter: Sendable {
    /// What one request was, without anything of whoever sent it: the route is the pattern, not the address.
    struct Answer: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    /// Upper bounds of the time classes, in seconds.
    static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
    /// LIMIT: kinds of answers that are told apart; further ones are counted as `other`.
    static let kindsMax = 2000
    /// Methods that are told apart.
    private static let methods: Set<String> = ["GET", "HEAD", "POST", "DELETE", "PUT", "PATCH", "OPTIONS"]

    private struct State {
        var counts: [Answer: Int] = [:]
        var classes = [Int](repeating: 0, count: bounds.count + 1)
        var seconds = 0.0
        var running = 0
    }

    private let state = Mutex(State())

    /// A request came in.
    func begin() {
        state.withLock { $0.running += 1 }
    }

    /// It was answered.
    func end(_ answer: Answer, seconds: Double) {
        let method = Self.methods.contains(answer.method) ? answer.method : "other"
        state.withLock { state in
            state.running -= 1
            var kind = Answer(method: method, route: answer.route, status: answer.status)
            if state.counts[kind] == nil, state.counts.count >= Self.kindsMax {
                kind = Answer(method: "other", route: "other", status: answer.status / 100 * 100)
            }
            state.counts[kind, default: 0] += 1
            state.classes[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
            state.seconds += seconds
        }
    }

    /// Writes the families of the doors.
    func write(to page: inout MetricsPage) {
        let state = state.withLock { $0 }
        page.family("onewindow_http_requests_total", .counter, "Requests answered, by method, route and status")
        let kinds = state.counts.sorted { left, right in
            (left.key.route, left.key.method, left.key.status) < (right.key.route, right.key.method, right.key.status)
        }
        for (kind, count) in kinds {
            page.sample(count, ["method": kind.method, "route": kind.route, "status": "\(kind.status)"])
        }
        page.family("onewindow_http_requests_running", .gauge, "Requests that are being answered")
        page.sample(state.running)
        page.family("onewindow_http_request_seconds", .histogram, "How long an answer took")
        var total = 0
        for (bound, count) in zip(Self.bounds, state.classes) {
            total += count
            page.sample(total, ["le": "\(bound)"], suffix: "_bucket")
        }
        total += state.classes[Self.bounds.count]
        page.sample(total, ["le": "+Inf"], suffix: "_bucket")
        page.sample(state.seconds, suffix: "_sum")
        page.sample(total, suffix: "_count")
    }
}

/// Prometheus text, family by family.
struct MetricsPage {
    enum Kind: String { case counter, gauge, histogram }

    private(set) var text = ""
    private var name = ""

    mutating func family(_ name: String, _ kind: Kind, _ help: String) {
        self.name = name
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    mutating func sample(
        _ value: some CustomStringConvertible, _ labels: KeyValuePairs<String, String> = [:], suffix: String = ""
    ) {
        let pairs = labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
        text += "\(name)\(suffix)\(pairs.isEmpty ? "" : "{\(pairs)}") \(value)\n"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
