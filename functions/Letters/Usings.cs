// Letters and pages lie in several folders only to keep each small; who writes one need not know which.
global using Spectrum.PrivacyFlows.Letters.Delivery;
global using Spectrum.PrivacyFlows.Letters.Notices;
global using Spectrum.PrivacyFlows.Letters.Officer;
global using Spectrum.PrivacyFlows.Letters.Person;
global using Spectrum.PrivacyFlows.Pages.Officer;
global using Spectrum.PrivacyFlows.Pages.Person;
