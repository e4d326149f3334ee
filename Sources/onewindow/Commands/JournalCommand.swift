import ArgumentParser

/// `onewindow journal verify`.
struct JournalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "journal", abstract: "The journal.")
}
