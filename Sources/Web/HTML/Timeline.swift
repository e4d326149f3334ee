package import Vocabulary

/// Something that happened to a dossier, or will.
package struct TimelineEvent: Sendable {
    /// When: to the minute for what has happened, to the day for what will.
    package enum Time: Sendable {
        case at(Instant)
        case on(CivilDate)
        case by(CivilDate)
        case open
    }

    /// Whether it is behind, at hand, or ahead.
    package enum State: Sendable { case done, now, ahead }

    package let time: Time
    package let title: String
    package let state: State
    /// What it means, in plain words; empty when the title says it.
    package let detail: String
    /// Papers that came with it.
    package let links: [PageLink]

    /// An event.
    package init(
        _ time: Time, _ title: String, state: State = .done, detail: String = "", links: [PageLink] = []
    ) {
        self.time = time
        self.title = title
        self.state = state
        self.detail = detail
        self.links = links
    }
}

extension HTML {
    /// Writes events in the order given, the present one marked.
    package mutating func timeline(_ events: [TimelineEvent]) {
        element("ol", .class("timeline")) { html in
            for event in events { html.event(event) }
        }
    }

    private mutating func event(_ event: TimelineEvent) {
        let style: StaticString =
            switch event.state {
            case .done: "done"
            case .now: "now"
            case .ahead: "ahead"
            }
        element("li", .class(style), event.state == .now ? Attribute("aria-current", "step") : nil) { html in
            html.element("p", .class("event-title"), text: event.title)
            switch event.time {
            case .at(let instant): html.element("p", .class("note")) { $0.moment(instant) }
            case .on(let day): html.element("p", .class("note")) { $0.date(day) }
            case .by(let day): html.note(html.words("timeline.by", ["day": html.words.date(day)]))
            case .open: break
            }
            if !event.detail.isEmpty { html.element("p", text: event.detail) }
            if !event.links.isEmpty {
                html.element("p", .class("links")) { html in
                    for link in event.links { html.link(link, icon: .file) }
                }
            }
        }
    }
}
