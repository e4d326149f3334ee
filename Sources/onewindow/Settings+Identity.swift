import Identity
import Vocabulary
import struct Web.SiteAddress

/// The provincial unified identity, through which people may sign in. Without an issuer there is none.
extension Settings {
    /// `ONEWINDOW_IDENTITY_ISSUER`: the provider, as it calls itself, `https://…`.
    static var identityIssuer: String? { value("ONEWINDOW_IDENTITY_ISSUER") }
    /// `ONEWINDOW_IDENTITY_CLIENT`: the house's name there.
    static var identityClient: String? { value("ONEWINDOW_IDENTITY_CLIENT") }
    /// `ONEWINDOW_IDENTITY_SECRET`: the house's secret there.
    static var identitySecret: String? { value("ONEWINDOW_IDENTITY_SECRET") }
    /// `ONEWINDOW_IDENTITY_SCOPES`: what is asked for.
    static var identityScopes: String { value("ONEWINDOW_IDENTITY_SCOPES") ?? "openid profile phone" }
    /// `ONEWINDOW_IDENTITY_CLAIMS`: under which names it says who somebody is, `name=…;number=…;phone=…;level=…`.
    static var identityClaims: String { value("ONEWINDOW_IDENTITY_CLAIMS") ?? "" }
    /// `ONEWINDOW_IDENTITY_LEVELS`: what its levels are called, `VALUE=registered;VALUE=realName;VALUE=certificate`.
    static var identityLevels: String { value("ONEWINDOW_IDENTITY_LEVELS") ?? "" }
    /// `ONEWINDOW_FILING_LEVELS`: which level a filing demands by its mode, `O1=certificate`; the others as usual.
    static var filingLevels: String { value("ONEWINDOW_FILING_LEVELS") ?? "" }

    /// The house as the provider's client; nil where there is none. Refuses what cannot work, as `Fault.misconfigured`,
    /// without repeating a value.
    static func identity(port: Int = ServeCommand.portUsual) throws -> ProviderAccount? {
        guard let issuer = identityIssuer else { return nil }
        let home = try address(port: port).origin
        guard let reading = ClaimReading(names: identityClaims, levels: identityLevels) else {
            throw Fault.misconfigured(
                "ONEWINDOW_IDENTITY_CLAIMS is name=…;number=…;phone=…;level=…, ONEWINDOW_IDENTITY_LEVELS is "
                    + "VALUE=registered;VALUE=realName;VALUE=certificate")
        }
        let client = ProviderAccount.Client(id: identityClient ?? "", secret: identitySecret ?? "")
        guard
            let account = ProviderAccount(
                issuer: issuer, client: client, home: home, scopes: identityScopes, reading: reading)
        else {
            throw Fault.misconfigured(
                "ONEWINDOW_IDENTITY_ISSUER is https://…, http:// on this machine only, and goes with "
                    + "ONEWINDOW_IDENTITY_CLIENT, ONEWINDOW_IDENTITY_SECRET and scopes that begin with openid")
        }
        return account
    }

    /// What filings demand.
    static func levelDemands() throws -> LevelDemands {
        guard let demands = LevelDemands(filingLevels) else {
            throw Fault.misconfigured("ONEWINDOW_FILING_LEVELS is MODE=LEVEL;…, such as O1=certificate")
        }
        return demands
    }

    /// The provider for those who look: no secret.
    static func identityLines() throws -> [String] {
        let account = try identity()
        let own = "\(try levelDemands())"
        return [
            "identity: " + (account.map { "\($0)" } ?? "none, people sign in with accounts of this site"),
            "levels of filings: " + (own.isEmpty ? "usual" : "usual, but \(own)"),
        ]
    }
}
