import Accounts
import Certificates
import Dossiers
import Hall
import Testing
import Vocabulary

@testable import Web

/// Certificates: holders see their own, officers those of their body, supervisors none.
extension RouteRow {
    private static func inCase(_ allowed: [Visitor], not refused: [Visitor]) -> [Visitor: Expected] {
        let answers = allowed.map { ($0, Expected.refused(CertificateUseRefusal.unknownCode)) }
        return Dictionary(uniqueKeysWithValues: answers + refused.map { ($0, .refused(PerformerRefusal.notAllowed)) })
    }

    static let certificates: [RouteRow] = [
        RouteRow(
            route: "GET /certificates/{certificate}", door: .portal, path: "/certificates/CERTIFICATE",
            answers: [
                .applicant: .answers(200), .stranger: .refused(CertificateRefusal.notFound),
                .otherAgent: .refused(CertificateRefusal.notFound),
            ]),
        // A code that nobody has: how a case's own opens, `CertificateUseDoorTests` shows.
        RouteRow(
            route: "GET /office/dossiers/{dossier}/certificates/{code}", door: .office,
            path: "/office/dossiers/DOSSIER/certificates/\(Subject(high: 1, low: 1))", stage: .inReview,
            answers: inCase([.reviewer, .decider, .head], not: [.otherReviewer, .otherDecider])),
        RouteRow(
            route: "GET /window/dossiers/{dossier}/certificates/{code}", door: .window,
            path: "/window/dossiers/DOSSIER/certificates/\(Subject(high: 1, low: 1))",
            answers: inCase([.clerk], not: [.farClerk])),
        // The house of these tests has no seals.
        RouteRow(
            route: "GET /certificates/{certificate}/files/{format}", door: .portal,
            path: "/certificates/CERTIFICATE/files/ofd",
            answers: [
                .applicant: .refused(CertificateRefusal.noFile), .stranger: .refused(CertificateRefusal.notFound),
                .otherAgent: .refused(CertificateRefusal.notFound),
            ]),
        RouteRow(
            route: "POST /certificates/{certificate}/copies", door: .portal, path: "/certificates/CERTIFICATE/copies",
            fields: [("purpose", "办理银行开户"), ("days", "30"), ("format", "pdf")],
            answers: [
                .applicant: .refused(CertificateRefusal.noFile), .stranger: .refused(CertificateRefusal.notFound),
                .otherAgent: .refused(CertificateRefusal.notFound),
            ]),
        RouteRow(
            route: "GET /certificates/{certificate}/presentations", door: .portal,
            path: "/certificates/CERTIFICATE/presentations",
            answers: [
                .applicant: .answers(200), .stranger: .refused(CertificateRefusal.notFound),
                .otherAgent: .refused(CertificateRefusal.notFound),
            ]),
        RouteRow(
            route: "POST /certificates/{certificate}/presentations", door: .portal,
            path: "/certificates/CERTIFICATE/presentations", fields: [("minutes", "10"), ("uses", "once")],
            answers: [
                .applicant: .done, .stranger: .refused(CertificateRefusal.notFound),
                .otherAgent: .refused(CertificateRefusal.notFound),
            ]),
        RouteRow(
            route: "POST /certificates/{certificate}/presentations/{presentation}/ending", door: .portal,
            path: "/certificates/CERTIFICATE/presentations/00000000000000000000000000/ending",
            answers: [
                .applicant: .refused(PresentationRefusal.unknownCode),
                .stranger: .refused(CertificateRefusal.notFound),
                .otherAgent: .refused(CertificateRefusal.notFound),
            ]),
        RouteRow(
            route: "GET /office/certificates", door: .office,
            path: "/office/certificates?q=x&type=y&state=valid&from=2018-01-01&until=z&after=x",
            answers: [.decider: .answers(200), .otherDecider: .answers(200), .head: .answers(200)]),
        RouteRow(
            route: "GET /office/certificates/{certificate}", door: .office, path: "/office/certificates/CERTIFICATE",
            answers: [
                .decider: .answers(200), .head: .answers(200),
                .otherDecider: .refused(PerformerRefusal.notAllowed),
            ]),
        RouteRow(
            route: "POST /office/certificates/{certificate}/{deed}", door: .office,
            path: "/office/certificates/CERTIFICATE/restriction",
            fields: [("ground", "investigation"), ("note", "现场检查发现问题")],
            answers: [
                .decider: .done, .head: .answers(409), .otherDecider: .refused(PermitRefusal.outOfScope),
            ]),
    ]
}

/// What holders show: clerks and officers type its code, and nobody sees another's look.
extension RouteRow {
    static let presented: [RouteRow] =
        presented(.window, "/window/presented", [.clerk, .farClerk])
        + presented(.office, "/office/presented", [.reviewer, .otherReviewer, .decider, .otherDecider, .head])

    private static func presented(_ door: Door, _ path: String, _ visitors: [Visitor]) -> [RouteRow] {
        func all(_ expected: Expected) -> [Visitor: Expected] {
            Dictionary(uniqueKeysWithValues: visitors.map { ($0, expected) })
        }
        return [
            RouteRow(route: "GET \(path)", door: door, path: path, answers: all(.answers(200))),
            RouteRow(
                route: "POST \(path)", door: door, path: path,
                fields: [("code", "1234567890123456"), ("purpose", "现场检查")], answers: all(.answers(404))),
            RouteRow(
                route: "GET \(path)/{showing}", door: door, path: "\(path)/00000000000000000000000000",
                answers: all(.refused(PresentationRefusal.unknownCode))),
        ]
    }
}

extension DoorHouse {
    /// A certificate of the city's bureau of human resources that somebody holds: no case made it.
    func certificate(
        of holder: PersonID, name: String = "福州示例企业一有限公司", serial: String = "LW20260001",
        type: String = "11100000MADEM4020U003"
    ) async throws -> CertificateID {
        let issuer = try #require(CreditCode("11350100MADEM002X0"))
        let identifier = try #require(
            CertificateIdentifier(type: type, issuer: issuer, serial: serial, version: 1))
        let today = hall.time.now().day
        return try await hall.takeOver(
            Certificate.Reservation(
                identifier: identifier, holder: holder, origin: nil, validFrom: today.advanced(byMonths: -3),
                validUntil: today.advanced(byMonths: 33)),
            Certificate.Personal(
                holder: (name, Cast.firmCode, "001"),
                names: ("劳务派遣经营许可证", "福州市人力资源和社会保障局(示例)"),
                face: ["operator": name, "scope": "国内劳务派遣", "validUntil": "2029-08-24"]))
    }
}
