import ArgumentParser
import Dossiers
import Foundation
import Hall
import Store
import Vocabulary
import Web

/// `onewindow clock NUMBER`: the legal clock of a dossier, day by day.
struct ClockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock", abstract: "Explain every date of a case: from when, which days count, what moved it.")

    @OptionGroup var options: DataOptions

    @Argument(help: "The number of the case, long or short.")
    var number: String

    @Flag(help: "In English.")
    var english = false

    @Flag(help: "As JSON, as the API gives it.")
    var json = false

    func run() async throws {
        guard let data = options.data else { throw ValidationError("--data says where the house lies") }
        let store = try await options.open(in: data)
        let number = number
        let found = try await store.read { tx -> (Dossier, [DossierTable.HistoryLine])? in
            guard let id = try DossierTable.id(number: number, in: tx),
                let dossier = try DossierTable.load(id, in: tx)
            else { return nil }
            return (dossier, try DossierTable.history(of: id, in: tx))
        }
        guard let (dossier, history) = found else { throw ValidationError("no case has the number \(number)") }
        let rules = DossierRules(clock: LegalClock(calendar: try .shipped()))
        let ledger = rules.ledger(of: dossier, history: history, at: Wiring.time.now())
        if json {
            let bytes = try CanonicalJSON.bytes(of: ClockAnswer(dossier, ledger))
            print(String(decoding: bytes, as: UTF8.self))
        } else {
            let words = try WordTables.shipped().words(.office, english ? .en : .zh)
            for line in ClockText(ledger, words).lines { print(line) }
        }
    }
}
