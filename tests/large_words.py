"""Word lists from which a large event is made: enough different words for titles and names to look like real ones."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


GIVEN_NAMES = _words("""
    Aarav Adaeze Agnès Aiko Alejandra Amélie Amir Ana André Anneliese Antônio Aoife Arjun Astrid Ayşe Beatriz
    Björn Bogdan Camille Carlos Chiara Chidi Chloé Clément Daniela Dawn Dmitri Dörte Elif Émile Emma Enzo Esra
    Étienne Fatima Félix Finn Françoise Freya Gabriel Giulia Günter Hana Haruto Héctor Hélène Hiroshi Hui Ibrahim
    Ines Ingrid Isabel Ivana Jakub Jana Jiří João Jonas José Jun Kateřina Kenji Khadija Lars Leïla Léa Liam Linh
    Ljubica Luca Lucía Łukasz Magdalena Małgorzata Marek María Mateo Matthäus Mei Mihály Minh Mónica Naoko Nia
    Niamh Noémie Nuria Ólafur Oluwaseun Ondřej Óscar Paula Pedro Priya Qing Rafael Ravi René Rosa Saoirse
    Sébastien Shinji Siddharth Sofía Søren Sunita Tadeusz Tamar Théo Tomáš Ulla Uroš Valentina Valérie Wei Xiu
    Yang Yara Yuki Zoë Zuzana
""")

FAMILY_NAMES = _words("""
    Abe Achebe Adeyemi Åkesson Almeida Álvarez Andersen Ångström Araújo Bauer Baumgärtner Bengtsson Bernard
    Bianchi Björk Bošković Braun Castañeda Çelik Černý Chatterjee Chen Chevalier Conti Costa Czajkowski Dąbrowski
    Dahl Das Demir Díaz Dimitrov Dubois Dvořák Eriksson Esposito Fernández Ferrari Fiala Fischer Fontaine Fournier
    Fujita García Gauß Gómez Gonçalves Grünwald Guðmundsson Gupta Häkkinen Hansen Hernández Hofmann Horvat Hoàng
    Huang Ibáñez Iglesias Inoue Iyer Jansson Jiménez Jørgensen Kaplan Kawasaki Keita Khan Kim Kovács Kowalski
    Krishnan Krüger Kurtuluş Lê Lefèvre Lindqvist Liu López Łukasiewicz Mäkelä Marković Martínez Mbeki Meyer
    Mishra Moreau Müller Muñoz Nakamura Nguyễn Nilsson Nowak Núñez O'Brien O'Connor Oduya Okafor Olsen Önder Ortiz
    Østergaard Papadopoulos Park Patel Pereira Pérez Petrović Pham Popescu Quispe Ramírez Rao Ribeiro Ricci Rossi
    Rosenkrantz Ruiz Sánchez Santos Sato Schäfer Schmidt Schrödinger Šimek Silva Singh Sjöberg Song Souza Suárez
    Suzuki Svensson Szabó Takahashi Tanaka Tran Tremblay Ünal Varga Vasquez Vondráček Wałęsa Wang Weiß Wójcik Wu
    Yamamoto Yıldız Zhang Zhao Zimmermann Žižek
""")

METHODS = _words("""
    Adaptive Adversarial Amortised Annealed Asynchronous Autoregressive Balanced Bayesian Bilevel Calibrated
    Causal Certified Compositional Compressed Conditional Conformal Contrastive Convex Coupled Curriculum
    Decentralised Differentiable Disentangled Distilled Distributed Doubly-Robust Dual Dynamic Efficient Elastic
    Energy-Based Entropic Equivariant Factorised Fair Fast Federated Few-Shot Fine-Grained Free-Form Generalised
    Geometric Graph-Based Greedy Guided Hierarchical High-Order Hyperbolic Implicit Incremental Interpretable
    Invariant Iterative Joint Kernelised Langevin Latent Lightweight Linear-Time Local Low-Rank Memory-Efficient
    Meta-Learned Modular Monotone Multi-Scale Multimodal Neural Noise-Aware Nonparametric Offline Online Optimal
    Orthogonal Parallel Partial Personalised Physics-Informed Plug-and-Play Predictive Private Probabilistic
    Progressive Projected Quantised Randomised Recurrent Reference-Free Regularised Reparameterised Residual
    Reversible Riemannian Robust Sample-Efficient Scalable Score-Based Self-Supervised Semi-Supervised
    Simulation-Free Sliced Smoothed Sparse Spectral Stable Stochastic Structured Subquadratic Symbolic Symmetric
    Tensorised Test-Time Time-Aware Training-Free Tractable Truncated Two-Stage Unbalanced Uncertainty-Aware
    Unified Universal Unsupervised Variational Wavelet Weighted Zero-Shot
""")

OBJECTS = _words("""
    Alignment Ancestral-Sampling Attention Autoencoders Backpropagation Bandits Barycentres Bootstrapping
    Bottlenecks Bridges Calibration Clustering Codebooks Compression Consistency-Models Copulas Couplings Critics
    Curvature Decoders Denoisers Densities Diffusion Discriminators Distillation Dropout Embeddings Encoders
    Ensembles Entropy Estimators Experts Explanations Exploration Filters Fine-Tuning Flows Flow-Matching
    Forecasting Gating Gaussian-Processes Generators Gradients Grammars Hashing Heuristics Hypernetworks
    Imputation Inference Interpolants Interventions Kernels Langevin-Dynamics Likelihoods Manifolds Martingales
    Masking Mixtures Momentum Normalisation Optimisers Oracles Parameterisations Particles Penalties Planners
    Policies Pooling Posteriors Potentials Pretraining Priors Processes Projections Prompts Proposals Pruning
    Quadrature Quantisation Regularisers Rejection Representations Resampling Retrieval Reweighting Rewards
    Samplers Schedules Scores Segmentation Simulators Solvers Subspaces Surrogates Tokenisers Trajectories
    Transformers Transport Tempering Trees Upsampling Verification Wasserstein-Distances World-Models
""")

TASKS = _words("""
    Accelerator-Physics Antibody-Design Astronomy Audio-Synthesis Bird-Song Brain-Imaging Catalyst-Discovery
    Cell-Biology Cheminformatics Chess Climate-Projection Clinical-Trials Code-Completion Cosmology Crop-Yields
    Crystallography Dialogue Document-Layout Drug-Discovery Earthquakes Ecology Education Electronic-Records
    Epidemiology Finance Fluid-Dynamics Folding Fraud-Detection Genomics Glaciology Handwriting Hydrology
    Image-Editing Imitation Inpainting Inverse-Problems Job-Shops Journalism Knitting Language-Modelling Law
    Lip-Reading Logistics Lung-Scans Manufacturing Maps Materials-Science Meteorology Microscopy Molecules
    Motion-Capture Music Navigation Neuroscience Number-Theory Oceanography Pathology Phylogenetics Planning
    Point-Clouds Power-Grids Proteins Quantum-Chemistry Radiology Recommendation Remote-Sensing Robotics
    Satellites Scheduling Seismology Simulation Speech Sports Supply-Chains Surgery Telescopes Text-to-Image
    Theorem-Proving Tomography Traffic Translation Turbulence Urban-Growth Vaccines Video Volcanoes Weather
    Wildfires X-Ray-Imaging
""")

SYLLABLES = _words("""
    ba be bri da di dra el fa fi flo ga gra ka ki lo lu ma mi mo na ne no or pa pi qua ra ri so sta ta ti vo zen
""")

TOPICS = (
    ("Diffusion models", "Diffusion", "Algorithms"),
    ("Flow matching and normalizing flows", "Flows", "Algorithms"),
    ("Optimal transport", "Optimal transport", "Theory"),
    ("Variational inference", "Variational", "Algorithms"),
    ("Energy-based models", "Energy-based", "Algorithms"),
    ("Generalization and memorization", "Generalization", "Theory"),
    ("Convergence of samplers", "Convergence", "Theory"),
    ("Expressivity of networks", "Expressivity", "Theory"),
    ("Language generation", "Language", "Applications"),
    ("Images and video", "Images and video", "Applications"),
    ("Speech and audio", "Speech and audio", "Applications"),
    ("Molecules and proteins", "Molecules", "Applications"),
    ("Robotics and control", "Robotics", "Applications"),
    ("Climate and weather", "Climate", "Applications"),
    ("Medicine and health", "Medicine", "Applications"),
    ("Privacy and security", "Privacy", "Society"),
    ("Fairness and bias", "Fairness", "Society"),
    ("Evaluation and benchmarks", "Evaluation", "Methods"),
    ("Efficient training", "Efficient training", "Methods"),
    ("Data sets and curation", "Data sets", "Methods"),
)

TRACKS = ("Theory", "Algorithms", "Applications", "Society", "Systems")

AFFILIATIONS = (
    "University of the North Sea",
    "Instituto Atlântico",
    "École des Sciences Appliquées",
    "Technische Universität am See",
    "National Institute of Statistics",
    "Pacific University",
    "Karolin Institute",
    "Savanna Research Lab",
    "Highland College",
    "Delta Works Research",
)

QUESTIONS = (
    ("Where do I collect my badge?", "At the desk beside the main entrance, from 07:30 every day."),
    ("How large may my poster be?", "At most A0 in portrait format. Pins are at the board."),
    ("When can I hang my poster?", "From one hour before the poster session until it begins."),
    ("Is there a quiet room?", "Yes, Room 2 is kept quiet all day."),
    ("Is there childcare?", "Yes, book a place two weeks ahead on the website."),
    ("Are talks recorded?", "Yes, unless the speaker asks us not to. Recordings appear within four weeks."),
    ("How do I reach the venue?", "By tram 4 or 12, stop Exhibition Centre."),
    ("Is lunch included?", "Yes, with vegetarian and vegan dishes. Tell us about allergies when you register."),
    ("How do I get a visa letter?", "Write to the registration desk through the contact form."),
    ("May I present from afar?", "Poster authors may show a video. Speakers ask their session chair."),
    ("Is there a coat check?", "Yes, beside the main entrance, open until the last session ends."),
    ("How do I get online?", "The network is called Conference, the password is on your badge."),
)
