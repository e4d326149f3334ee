import ArgumentParser

/// `onewindow sandbox messages`, `sms`, `courier`, `identity`, `province`, `department`: partners that are not there,
/// as processes of their own.
struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "Stands in for partners, with switches for what goes wrong.",
        subcommands: [
            MessagesSandbox.self, SMSSandbox.self, CourierSandbox.self, IdentitySandbox.self, ProvinceSandbox.self,
            DepartmentSandbox.self,
        ])
}
