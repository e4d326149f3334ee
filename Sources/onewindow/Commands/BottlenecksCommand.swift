import ArgumentParser
import Hall
import Store
import Supervision
import Vocabulary

/// `onewindow figures bottlenecks`.
struct BottlenecksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bottlenecks", abstract: "Prints where the time of the cases that ended in some months went.",
        discussion: "What is sealed and not yet counted is counted first. Times are in working days.")
    @OptionGroup var options: DataOptions

    @Option(help: "The first month of closing, such as 2018-01.")
    var from = "1900-01"

    @Option(help: "The last month of closing, such as 2018-10.")
    var to = "2999-12"

    @Option(help: "Only of one item, by the 12 characters of its catalogue code.")
    var item: String?

    @Flag(help: "One JSON object on one line of standard output, with times in parts of a working day and minutes.")
    var json = false

    func run() async throws {
        guard let first = Month(from), let last = Month(to), first <= last else {
            throw ValidationError("--from and --to are months such as 2018-01")
        }
        let house = try await Wiring.open(options)
        do {
            try await FigureFollower(hall: house.hall).follow()
            var query = FigureQuery(first...last, within: [.everywhere])
            if let item { query = query.asking(.item, item) }
            let found = try await house.hall.bottlenecks(query)
            await house.store.close()
            print(
                json
                    ? String(decoding: CanonicalJSON.bytes(writing: Self.json(found)), as: UTF8.self) : Self.text(found)
            )
        } catch {
            await house.store.close()
            throw error
        }
    }

    private static func json(_ found: Hall.Bottlenecks) -> JSONValue {
        let steps = { (lines: [StepLine]) -> JSONValue in
            .list(
                lines.map { line in
                    var members = line.sums.json
                    members["step"] = .text(line.step.code)
                    for (name, value) in zip(["item", "body"], line.values) { members[name] = .text(value) }
                    return .record(members)
                })
        }
        let sums = { (sums: VariantSums) -> [String: JSONValue] in
            ["cases": .number(sums.cases), "parts": .number(sums.parts), "minutes": .number(sums.minutes)]
        }
        return .record([
            "whole": .record(sums(found.whole)), "steps": steps(found.steps), "parts": steps(found.parts),
            "variants": .list(
                found.variants.map { line in
                    .record(sums(line.sums).merging(["variant": .text(line.variant)]) { first, _ in first })
                }),
            "changes": .list(found.improvements.map(json)), "isCut": .flag(found.isCut),
        ])
    }

    private static func json(_ change: Improvement) -> JSONValue {
        var members: [String: JSONValue] = [
            "item": .text(change.item), "body": .text(change.body), "step": .text(change.step.code),
            "cause": .text(change.cause.rawValue), "cases": .number(change.cases), "parts": .number(change.parts),
            "saved": .number(change.saved),
        ]
        if let reference = change.reference {
            members["reference"] = .record([
                "bodies": .list(reference.bodies.map(JSONValue.text)), "cases": .number(reference.cases),
                "parts": .number(reference.parts),
            ])
        }
        return .record(members)
    }

    private static func text(_ found: Hall.Bottlenecks) -> String {
        var lines = ["\(found.whole.cases) cases, \(days(found.whole.parts, of: found.whole.cases)) days each"]
        lines.append("\nstep: cases, days waiting, days worked on, days again, of each case")
        for line in found.steps {
            let (sums, cases) = (line.sums, line.sums[.cases])
            let times = [sums[.waitParts], sums[.workParts], sums[.againParts]].map { days($0, of: cases) }
            lines.append("\(line.step.code): \(cases), \(times.joined(separator: ", "))")
        }
        lines.append("\nways")
        for line in found.variants.prefix(20) {
            lines.append(
                "\(line.sums.cases) cases, \(days(line.sums.parts, of: line.sums.cases)) days: \(line.variant)")
        }
        lines.append("\nwhat to change first: days saved, item, body, step, why")
        for change in found.improvements.prefix(20) {
            lines.append(
                [days(change.saved, of: 1), change.item, change.body, change.step.code, change.cause.rawValue]
                    .joined(separator: " "))
        }
        if found.isCut { lines.append("\nmore lines than are told apart at once: the last items are left out") }
        return lines.joined(separator: "\n")
    }

    /// Working days with a tenth, as `3.2`.
    private static func days(_ parts: Int, of cases: Int) -> String {
        let tenths = (parts * 10 + DayParts.aDay * max(cases, 1) / 2) / (DayParts.aDay * max(cases, 1))
        return "\(tenths / 10).\(tenths % 10)"
    }
}
