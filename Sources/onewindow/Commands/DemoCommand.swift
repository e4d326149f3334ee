import ArgumentParser
import City
import Store
import Vocabulary

/// `onewindow demo --data DIR`: fills the demonstration city, once.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Fills the data directory with the demonstration city, unless it is there.")

    @OptionGroup var options: DataOptions

    func run() async throws {
        let house = try await Wiring.open(options, forDemonstration: true)
        let city = DemonstrationCity(
            hall: house.hall, passwords: house.passwords, key: house.accountKey, hasRealList: true,
            progress: Wiring.say)
        let isNew = try await city.fill()
        Wiring.say(isNew ? "the demonstration city is ready" : "the demonstration city is there already")
        await house.store.close()
    }
}
