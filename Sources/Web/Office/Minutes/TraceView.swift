import Hall
import Vocabulary
import Windows

/// What happened to a ticket in words: what took how long, as a bar and in numbers, and each step in its order.
extension HTML {
    /// Writes a trace: the bar, its sums, then every step with the waiting between them.
    mutating func trace(_ view: Hall.TraceView) {
        let (words, trace) = (words, view.trace)
        let pieces = zip(trace.parts, trace.minutes).map { part, minutes in
            Share(words.lasting(part.kind, minutes), Int(part.milliseconds / 1000), part.kind.tone)
        }
        let sums = TicketTrace.Kind.allCases.compactMap { kind -> Share? in
            guard trace.parts.contains(where: { $0.kind == kind }) else { return nil }
            return Share(words.lasting(kind, trace.minutes(kind)), trace.minutes(kind), kind.tone)
        }
        sequence(pieces, sums: sums)
        element("ol", .class("trace")) { html in
            for line in view.lines(words) {
                html.element("li", .class(line.isSpan ? "span" : nil)) { html in
                    if let at = line.at { html.element("time", .datetime(at.description), text: at.timeOfDay) }
                    html.text(line.text)
                }
            }
        }
    }

    /// Writes the traces of the tickets with which somebody came for a dossier; nothing where nobody did.
    mutating func traces(_ views: [Hall.TraceView]) {
        guard !views.isEmpty else { return }
        heading(words["trace.of-dossier"])
        for view in views {
            let trace = view.trace
            subheading("\(trace.number) · \(words.date(trace.takenAt.day)) · \(words.name(of: view.hall))")
            self.trace(view)
        }
    }
}

/// A line of a trace: a step with its time, or how long something went on between two steps.
struct TraceLine {
    let at: Instant?
    let text: String
    var isSpan: Bool { at == nil }
}

extension Hall.TraceView {
    /// Every step in its order, and before a step how long that lasted which it ended: waiting, fetching something;
    /// less than half a minute of it is not told.
    func lines(_ words: Words) -> [TraceLine] {
        var spans = zip(trace.parts, trace.minutes).filter { $0.0.kind.isIdle && $0.1 > 0 }[...]
        var lines: [TraceLine] = []
        for step in trace.steps {
            while let (part, minutes) = spans.first, part.until <= step.at {
                lines.append(TraceLine(at: nil, text: words.lasting(part.kind, minutes)))
                spans = spans.dropFirst()
            }
            lines.append(TraceLine(at: step.at, text: text(of: step, words)))
        }
        // What still goes on.
        return lines + spans.map { TraceLine(at: nil, text: words.lasting($0.0.kind, $0.1)) }
    }

    private func text(of step: TicketTrace.Step, _ words: Words) -> String {
        let window = step.window.map(words.number) ?? ""
        switch step.what {
        case .taken: return words("trace.taken", ["how": words[trace.origin.word], "need": words[trace.need.wish]])
        case .called: return words("trace.called", ["window": window])
        case .recalled: return words["trace.recalled"]
        case .started: return words("trace.started", ["window": window])
        case .passed: return words["trace.passed"]
        case .rejoined: return words["trace.rejoined"]
        case .interrupted: return words["trace.interrupted"]
        case .resumed: return words["trace.resumed"]
        case .finished: return words["trace.finished"]
        case .cancelled: return words["trace.cancelled"]
        case .lapsed: return words["trace.lapsed"]
        case .transferred(let need, to: nil): return words("trace.transferred", ["need": words[need.word]])
        case .transferred(_, to: let target?):
            return words("trace.transferred-to", ["window": words.number(target)])
        case .served(let served):
            return words(
                "trace.served",
                [
                    "deed": words[served.deed.word], "number": numbers[served.dossier] ?? "",
                ])
        }
    }
}

extension Words {
    /// `等候11分钟`.
    func lasting(_ kind: TicketTrace.Kind, _ minutes: Int) -> String {
        switch kind {
        case .waiting: count("trace.waiting", minutes)
        case .called: count("trace.coming", minutes)
        case .handling: count("trace.handling", minutes)
        case .interrupted: count("trace.away", minutes)
        case .passed: count("trace.missing", minutes)
        }
    }
}

extension TicketTrace.Kind {
    fileprivate var tone: Share.Tone {
        switch self {
        case .waiting: .third
        case .called: .fifth
        case .handling: .first
        case .interrupted: .second
        case .passed: .fourth
        }
    }

    /// Whether no window is taken while it goes on, so that its minutes stand between the steps.
    fileprivate var isIdle: Bool {
        switch self {
        case .waiting, .interrupted, .passed: true
        case .called, .handling: false
        }
    }
}

extension Ticket.Origin {
    fileprivate var word: Word {
        switch self {
        case .kiosk: Word("trace.by-kiosk")
        case .phone: Word("trace.by-phone")
        case .triage: Word("trace.by-triage")
        case .appointment: Word("trace.by-appointment")
        }
    }
}

extension ServedDeed {
    fileprivate var word: Word {
        switch self {
        case .intake: Word("served.intake")
        case .originals: Word("served.originals")
        case .correction: Word("served.correction")
        case .correctionNotice: Word("served.correction-notice")
        case .acceptance: Word("served.acceptance")
        case .declining: Word("served.declining")
        case .handOver: Word("served.hand-over")
        case .other: Word("served.other")
        }
    }
}
