import ArgumentParser
import Delivery
import Foundation
import Hall
import Vocabulary

/// `onewindow parcels settle`: the monthly settlement with the carrier.
struct ParcelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parcels", abstract: "Parcels that a courier carried.", subcommands: [Settle.self])

    struct Settle: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "settle",
            abstract: "Holds a month's finished parcels against the carrier's statement; exits 1 when they differ.")

        @OptionGroup var options: DataOptions

        @ArgumentParser.Option(help: "The month: YYYYMM.")
        var month: Int

        @ArgumentParser.Argument(help: "The statement: waybill,cents a line, the first line a heading.")
        var file: String

        func run() async throws {
            guard (200_001...999_912).contains(month), (1...12).contains(month % 100) else {
                throw ValidationError("--month is YYYYMM")
            }
            guard let bytes = FileManager.default.contents(atPath: file) else {
                throw ValidationError("cannot read \(file)")
            }
            let statement = String(decoding: bytes, as: UTF8.self)
            var isSettled = false
            try await Wiring.using(options) { house in
                let settlement = try await house.hall.settle(statement, of: month)
                for line in Self.lines(settlement) { print(line) }
                isSettled = settlement.isSettled
            }
            if !isSettled { throw ExitCode.failure }
        }

        private static func lines(_ settlement: Settlement) -> [String] {
            settlement.missingThere.map { "missing there: \($0.waybill) \($0.cents)" }
                + settlement.missingHere.map { "missing here: \($0.waybill) \($0.cents)" }
                + settlement.different.map { "different: \($0.waybill) ours \($0.ours) theirs \($0.theirs)" }
                + settlement.twice.map { "twice: \($0)" }
                + ["ours: \(settlement.oursCents) cents, theirs: \(settlement.theirsCents) cents"]
        }
    }
}
