import Hall
import Supervision
import Synchronization
package import Vocabulary

/// What those who run the house look at: whether the loops beside the doors still turn, and what the doors answered.
/// Numbers and names of the program only, nothing of anybody.
package final class Operations: Sendable {
    /// LIMIT: seconds without a round after which a loop counts as standing.
    package static let roundSecondsMax: Int64 = 120

    let meter = Meter()
    private let startedAt: Instant
    private let rounds = Mutex<[String: Instant]>([:])
    private let unwoken = Mutex(0)

    /// Of a process that started now.
    package init(startedAt: Instant) {
        self.startedAt = startedAt
    }

    /// A loop went round; the first time it is named it begins to be watched.
    package func wentRound(_ loop: String, at now: Instant) {
        rounds.withLock { $0[loop] = now }
    }

    /// In its last round the pulse could not wake so many dossiers.
    package func couldNotWake(_ count: Int) {
        unwoken.withLock { $0 = count }
    }

    /// The loops by name, with the seconds since each went round.
    func loops(now: Instant) -> [(name: String, seconds: Int64)] {
        rounds.withLock { $0 }.sorted { $0.key < $1.key }
            .map { name, round in (name, (now.milliseconds - round.milliseconds) / 1000) }
    }

    /// Prometheus text (format 0.0.4).
    func text(
        _ standing: Hall.Standing, lights: CityLights,
        open: (links: [Hall.LinkView], inquiries: [LookInquiry.Stage: Int]), residentBytes: Int?, now: Instant
    ) -> String {
        var page = MetricsPage()
        meter.write(to: &page)
        page.family("onewindow_effects_waiting", .gauge, "Effects that wait or are under way")
        page.sample(standing.effectsWaiting)
        page.family("onewindow_effects_spent", .gauge, "Effects that were tried often enough and wait for a person")
        page.sample(standing.effectsSpent)
        page.family("onewindow_effect_overdue_seconds", .gauge, "For how long the effect that waits longest is due")
        page.sample(standing.effectDueSince.map { max(0, (now.milliseconds - $0.milliseconds) / 1000) } ?? 0)
        page.family("onewindow_journal_unsealed", .gauge, "Entries of the journal without a place in the log")
        page.sample(standing.unsealed)
        page.family("onewindow_journal_sealed_total", .counter, "Entries in the log")
        page.sample(standing.sealed)
        if let checkpointAt = standing.checkpointAt {
            page.family("onewindow_checkpoint_age_seconds", .gauge, "Since the newest checkpoint was signed")
            page.sample(max(0, (now.milliseconds - checkpointAt.milliseconds) / 1000))
        }
        page.family("onewindow_loop_age_seconds", .gauge, "Since a loop beside the doors went round")
        for loop in loops(now: now) { page.sample(loop.seconds, ["loop": loop.name]) }
        page.family("onewindow_dossiers_unwoken", .gauge, "Dossiers that time should change and that could not be read")
        page.sample(unwoken.withLock { $0 })
        page.lights(lights)
        page.family("onewindow_look_inquiries", .gauge, "Questions about looks that are open, by whose turn it is")
        for stage in LookInquiry.Stage.allCases where stage != .closed {
            page.sample(open.inquiries[stage] ?? 0, ["stage": stage.rawValue])
        }
        page.links(open.links, now: now)
        page.family("process_start_time_seconds", .gauge, "When the process started, since 1970")
        page.sample(startedAt.milliseconds / 1000)
        if let residentBytes {
            page.family("process_resident_memory_bytes", .gauge, "Memory of the process")
            page.sample(residentBytes)
        }
        return page.text
    }
}
