import ArgumentParser

/// The one binary.
@main
struct OneWindow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "onewindow",
        abstract: "OneWindow (一窗): a city's government services through one window.",
        subcommands: [
            ServeCommand.self, DemoCommand.self, MigrateCommand.self, CheckCommand.self, BackupCommand.self,
            RestoreCommand.self, CatalogueCommand.self, CertificatesCommand.self, CalendarCommand.self,
            ClockCommand.self, DefectsCommand.self, EvaluationsCommand.self,
            LawCommand.self, JournalCommand.self, PapersCommand.self, PublicationsCommand.self, BenchCommand.self,
            QueuesCommand.self,
            VerifyCommand.self, SimulateCommand.self, SandboxCommand.self, SealsCommand.self,
            LogCommand.self, SharingCommand.self, PartnersCommand.self, RecordsCommand.self, LinksCommand.self,
            ParcelsCommand.self, EvidenceCommand.self, FiguresCommand.self, LooksCommand.self,
            OpenDataCommand.self,
        ])
}
