import Exchange
import Hall
import Vocabulary

extension MetricsPage {
    /// Writes the families of the links, each by the link's own name; nothing where there are none.
    mutating func links(_ links: [Hall.LinkView], now: Instant) {
        guard !links.isEmpty else { return }
        family("onewindow_link_lag_seconds", .gauge, "Since the first entry happened that a link has still to send")
        for one in links {
            let since = one.since.map { max(0, (now.milliseconds - $0.milliseconds) / 1000) } ?? 0
            sample(since, ["link": "\(one.link.id)"])
        }
        family("onewindow_link_failures", .gauge, "Tries in a row of which nothing came, by link and way")
        for one in links {
            sample(one.link.failures, ["link": "\(one.link.id)", "way": "out"])
            sample(one.report.standing.failures, ["link": "\(one.link.id)", "way": "in"])
        }
        family("onewindow_link_records", .gauge, "Records that went and came, by link, way and state")
        for one in links {
            for state in SentRecord.State.allCases {
                sample(
                    one.report.sent[state] ?? 0,
                    ["link": "\(one.link.id)", "way": "out", "state": state.rawValue])
            }
            for state in ReceivedRecord.State.allCases {
                sample(
                    one.report.received[state] ?? 0,
                    ["link": "\(one.link.id)", "way": "in", "state": state.rawValue])
            }
        }
        family("onewindow_link_differences", .gauge, "What differs between both sides on the days compared last")
        for one in links { sample(one.differences, ["link": "\(one.link.id)"]) }
    }
}
